-- DropIndex
DROP INDEX "messages_author_id_idx";

-- DropIndex
DROP INDEX "messages_channel_id_seq_key";

-- DropIndex
DROP INDEX "messages_channel_id_version_key";

-- DropIndex
DROP INDEX "messages_thread_id_thread_seq_key";

-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "mentions" TEXT[],
ADD COLUMN     "pinned_at" TIMESTAMPTZ(3),
ADD COLUMN     "pinned_by" UUID;

-- CreateTable
CREATE TABLE "mentions" (
    "message_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "seq" INTEGER,
    "thread_id" UUID,
    "thread_seq" INTEGER,

    CONSTRAINT "mentions_pkey" PRIMARY KEY ("message_id","account_id")
);

-- CreateTable
CREATE TABLE "thread_followers" (
    "thread_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "following" BOOLEAN NOT NULL DEFAULT true,
    "read_seq" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "thread_followers_pkey" PRIMARY KEY ("thread_id","account_id")
);

-- CreateIndex
CREATE INDEX "mentions_account_id_channel_id_seq_idx" ON "mentions"("account_id", "channel_id", "seq");

-- CreateIndex
CREATE INDEX "thread_followers_account_id_idx" ON "thread_followers"("account_id");

-- CreateIndex
CREATE INDEX "messages_channel_id_version_idx" ON "messages"("channel_id", "version");

-- CreateIndex
CREATE INDEX "messages_channel_id_pinned_at_idx" ON "messages"("channel_id", "pinned_at") WHERE (pinned_at IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "messages_channel_id_seq_key" ON "messages"("channel_id", "seq") WHERE (seq IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "messages_thread_id_thread_seq_key" ON "messages"("thread_id", "thread_seq") WHERE (thread_id IS NOT NULL);

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mentions" ADD CONSTRAINT "mentions_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mentions" ADD CONSTRAINT "mentions_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "thread_followers" ADD CONSTRAINT "thread_followers_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "thread_followers" ADD CONSTRAINT "thread_followers_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;
