-- CreateIndex
CREATE INDEX "channel_members_joined_at_idx" ON "channel_members"("joined_at");
