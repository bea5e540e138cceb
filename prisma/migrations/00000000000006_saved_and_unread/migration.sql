-- CreateTable
CREATE TABLE "saved_messages" (
    "account_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_messages_pkey" PRIMARY KEY ("account_id","message_id")
);

-- CreateIndex
CREATE INDEX "saved_messages_account_id_saved_at_message_id_idx" ON "saved_messages"("account_id", "saved_at", "message_id");

-- CreateIndex
CREATE INDEX "saved_messages_message_id_idx" ON "saved_messages"("message_id");

-- AddForeignKey
ALTER TABLE "saved_messages" ADD CONSTRAINT "saved_messages_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_messages" ADD CONSTRAINT "saved_messages_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Moves a reader's marker back to just before a message, never forward, and counts the mentions that lie above it then.
-- As in mark_read the count is a statement of its own: once the row is held nobody can call this reader unseen.
CREATE FUNCTION mark_unread(in_channel uuid, reader uuid, from_seq integer, in_workspace uuid)
RETURNS TABLE (read_seq integer, mention_count integer, moved boolean)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  marked record;
BEGIN
  UPDATE channel_members cm SET read_seq = from_seq - 1
  FROM channels c
  WHERE cm.channel_id = in_channel AND cm.account_id = reader AND c.id = cm.channel_id AND c.workspace_id = in_workspace
    AND cm.read_seq >= from_seq
  RETURNING cm.read_seq INTO marked;
  IF marked.read_seq IS NULL THEN
    RETURN QUERY SELECT cm.read_seq, cm.mention_count, false
      FROM channel_members cm JOIN channels c ON c.id = cm.channel_id
      WHERE cm.channel_id = in_channel AND cm.account_id = reader AND c.workspace_id = in_workspace;
    RETURN;
  END IF;
  RETURN QUERY UPDATE channel_members cm SET mention_count = (
      SELECT count(*) FROM mentions m
      WHERE m.account_id = reader AND m.channel_id = in_channel AND m.seq > cm.read_seq
    )
    WHERE cm.channel_id = in_channel AND cm.account_id = reader
    RETURNING cm.read_seq, cm.mention_count, true;
END
$$;
