-- CreateEnum
CREATE TYPE "posting" AS ENUM ('all', 'admins');

-- AlterTable
ALTER TABLE "channel_members" ADD COLUMN     "hidden_seq" INTEGER,
ADD COLUMN     "muted" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "section" TEXT,
ADD COLUMN     "starred" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "channels" ADD COLUMN     "direct_key" TEXT,
ADD COLUMN     "posting" "posting" NOT NULL DEFAULT 'all';

-- CreateIndex
CREATE UNIQUE INDEX "channels_workspace_id_direct_key_key" ON "channels"("workspace_id", "direct_key") WHERE (direct_key IS NOT NULL);
