-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "pronouns" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "status_emoji" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "status_expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "status_text" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "time_zone" TEXT,
ADD COLUMN     "title" TEXT NOT NULL DEFAULT '';
