-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "reactions" JSON;

-- CreateTable
CREATE TABLE "message_edits" (
    "message_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "edited_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_edits_pkey" PRIMARY KEY ("message_id","version")
);

-- CreateTable
CREATE TABLE "reactions" (
    "message_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "emoji" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reactions_pkey" PRIMARY KEY ("message_id","account_id","emoji")
);

-- CreateIndex
CREATE INDEX "reactions_account_id_idx" ON "reactions"("account_id");

-- AddForeignKey
ALTER TABLE "message_edits" ADD CONSTRAINT "message_edits_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reactions" ADD CONSTRAINT "reactions_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reactions" ADD CONSTRAINT "reactions_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Edits, deletions and reactions: one call writes what waited while the last one was in flight.
--
-- As in append_messages the channels are locked first, in id order. Each later statement sees everything of them that
-- was committed before, and nothing can change it until this commits. Changes are judged and written one after the
-- other, in the order given, each as one step of its channel's version.
--
-- kinds are edit (text is the body), delete, react and unreact (text is the emoji). A channel id may be null: then only
-- the workspace must be the message's. Rows answer in the order given, `ordinal` from 1, with the message as that change
-- left it. outcome:
--   changed    written now
--   unchanged  the message is as it is asked to be already, as when the request is repeated; nothing was written
--   not_found  no such message in this workspace or channel, or the account is not a member of its channel
--   deleted    it can be neither edited nor reacted to any more
--   not_own    somebody else's, and the account's role is not among `moderators`, who delete anybody's
--   archived   the channel is closed to changes
--   too_many   it has `most_emoji` different emoji already
CREATE FUNCTION change_messages(
  kinds text[], message_ids uuid[], channel_ids uuid[], workspace_ids uuid[], account_ids uuid[], texts text[],
  moderators role[], most_emoji integer
) RETURNS TABLE (
  ordinal integer, outcome text, id uuid, channel_id uuid, seq integer, version integer, author_id uuid, body text,
  created_at timestamptz(3), edited_at timestamptz(3), deleted_at timestamptz(3), reactions json
)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  locked uuid[];
  given record;
  target record;
  verdict text;
  step integer;
  stepped_at timestamptz(3);
BEGIN
  locked := ARRAY(
    SELECT channels.id FROM channels
    WHERE channels.id IN (SELECT messages.channel_id FROM messages WHERE messages.id = ANY (message_ids))
    ORDER BY channels.id FOR NO KEY UPDATE
  );

  FOR given IN
    SELECT * FROM unnest(kinds, message_ids, channel_ids, workspace_ids, account_ids, texts) WITH ORDINALITY
      AS row_of (kind, message_id, channel_id, workspace_id, account_id, text, ordinal)
    ORDER BY row_of.ordinal
  LOOP
    SELECT messages.id, messages.channel_id, messages.version, messages.author_id, messages.body, messages.deleted_at,
        channels.archived_at, members.role,
        EXISTS (
          SELECT FROM reactions WHERE reactions.message_id = messages.id
            AND reactions.account_id = given.account_id AND reactions.emoji = given.text
        ) AS reacted
      INTO target
      FROM messages
      -- A message that came after the locking stands in a channel that may not be locked.
      JOIN channels ON channels.id = messages.channel_id AND channels.id = ANY (locked)
        AND channels.workspace_id = given.workspace_id
      JOIN channel_members
        ON channel_members.channel_id = channels.id AND channel_members.account_id = given.account_id
      LEFT JOIN members ON members.workspace_id = channels.workspace_id AND members.account_id = given.account_id
      WHERE messages.id = given.message_id AND channels.id = coalesce(given.channel_id, channels.id);

    verdict := CASE
      WHEN target.id IS NULL THEN 'not_found'
      WHEN given.kind IN ('edit', 'react') AND target.deleted_at IS NOT NULL THEN 'deleted'
      WHEN given.kind = 'edit' AND target.author_id <> given.account_id THEN 'not_own'
      WHEN given.kind = 'delete' AND target.author_id <> given.account_id
        AND (target.role = ANY (moderators)) IS NOT TRUE THEN 'not_own'
      WHEN given.kind = 'edit' AND target.body = given.text THEN 'unchanged'
      WHEN given.kind = 'delete' AND target.deleted_at IS NOT NULL THEN 'unchanged'
      WHEN given.kind = 'react' AND target.reacted THEN 'unchanged'
      WHEN given.kind = 'unreact' AND NOT target.reacted THEN 'unchanged'
      WHEN target.archived_at IS NOT NULL THEN 'archived'
      WHEN given.kind = 'react' AND most_emoji <= (
        SELECT count(DISTINCT reactions.emoji) FROM reactions
        WHERE reactions.message_id = target.id AND reactions.emoji <> given.text
      ) THEN 'too_many'
      ELSE 'changed'
    END;

    IF verdict = 'changed' THEN
      stepped_at := clock_timestamp();
      UPDATE channels SET version = channels.version + 1 WHERE channels.id = target.channel_id
        RETURNING channels.version INTO step;
      IF given.kind = 'edit' THEN
        INSERT INTO message_edits (message_id, version, body, edited_at)
          VALUES (target.id, step, target.body, stepped_at);
        UPDATE messages SET version = step, body = given.text, edited_at = stepped_at WHERE messages.id = target.id;
      ELSIF given.kind = 'delete' THEN
        DELETE FROM message_edits WHERE message_edits.message_id = target.id;
        DELETE FROM reactions WHERE reactions.message_id = target.id;
        UPDATE messages SET version = step, body = '', deleted_at = stepped_at, reactions = NULL
          WHERE messages.id = target.id;
      ELSE
        IF given.kind = 'react' THEN
          INSERT INTO reactions (message_id, account_id, emoji, version, created_at)
            VALUES (target.id, given.account_id, given.text, step, stepped_at);
        ELSE
          DELETE FROM reactions WHERE reactions.message_id = target.id
            AND reactions.account_id = given.account_id AND reactions.emoji = given.text;
        END IF;
        UPDATE messages SET version = step, reactions = (
          SELECT json_agg(json_build_object('emoji', used.emoji, 'accountIds', used.account_ids) ORDER BY used.first)
          FROM (
            SELECT reactions.emoji, min(reactions.version) AS first,
              json_agg(reactions.account_id ORDER BY reactions.version) AS account_ids
            FROM reactions WHERE reactions.message_id = target.id GROUP BY reactions.emoji
          ) AS used
        ) WHERE messages.id = target.id;
      END IF;
    END IF;

    RETURN QUERY
    SELECT given.ordinal::integer, verdict, messages.id, messages.channel_id, messages.seq, messages.version,
      messages.author_id, messages.body, messages.created_at, messages.edited_at, messages.deleted_at,
      messages.reactions
    FROM (SELECT) AS always
    LEFT JOIN messages ON messages.id = target.id AND verdict IN ('changed', 'unchanged');
  END LOOP;
END
$$;
