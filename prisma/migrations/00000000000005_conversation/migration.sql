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
ADD COLUMN     "pinned_by" UUID,
ADD COLUMN     "previews" JSON;

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

-- Makes the accounts that a message calls exactly these, as far as they are members of its channel and not its author,
-- and keeps each one's mention_count: the number of mentions above what they have read. The channel is locked already.
CREATE FUNCTION set_mentions(
  of_message uuid, in_channel uuid, at_seq integer, in_thread uuid, at_thread_seq integer, author uuid,
  notified uuid[], notifies_all boolean
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  called uuid[];
BEGIN
  called := ARRAY(
    SELECT cm.account_id FROM channel_members cm
    WHERE cm.channel_id = in_channel AND cm.account_id <> author
      AND (notifies_all OR cm.account_id = ANY (notified))
  );
  WITH gone AS (
    DELETE FROM mentions m WHERE m.message_id = of_message AND m.account_id <> ALL (called) RETURNING m.account_id
  ),
  came AS (
    INSERT INTO mentions (message_id, account_id, channel_id, seq, thread_id, thread_seq)
    SELECT of_message, account_id, in_channel, at_seq, in_thread, at_thread_seq FROM unnest(called) AS account_id
    ON CONFLICT (message_id, account_id) DO NOTHING
    RETURNING mentions.account_id
  ),
  differing AS (
    SELECT account_id, -1 AS difference FROM gone UNION ALL SELECT account_id, 1 FROM came
  )
  -- A reader who moves on at this moment holds the row: the comparison is made again with where they stand then.
  UPDATE channel_members cm SET mention_count = cm.mention_count + differing.difference
  FROM differing
  WHERE cm.channel_id = in_channel AND cm.account_id = differing.account_id AND at_seq > cm.read_seq;
END
$$;

-- Whom a message calls, as its readers see it: account ids, and the words "channel" and "here"; null for nobody. At one
-- place of the text several names may begin ("ada", "ada brook"); the longest that is somebody's in the workspace counts.
-- Guests call nobody by a word. The calling: {"names": [{"place", "length", "skeleton"}], "words": [text]}.
CREATE FUNCTION mentioned(calling json, in_workspace uuid, author uuid) RETURNS text[]
LANGUAGE sql STABLE AS $$
  SELECT nullif(
    ARRAY(
      SELECT word FROM json_array_elements_text(calling -> 'words') AS word
      WHERE EXISTS (
        SELECT FROM members WHERE members.workspace_id = in_workspace AND members.account_id = author AND role <> 'guest'
      )
    ) || ARRAY(
      SELECT DISTINCT longest.account_id::text
      FROM (
        SELECT DISTINCT ON (asked.place) name_claims.account_id
        FROM json_to_recordset(calling -> 'names') AS asked (place integer, length integer, skeleton text)
        JOIN name_claims ON name_claims.skeleton = asked.skeleton
        JOIN members ON members.account_id = name_claims.account_id AND members.workspace_id = in_workspace
        ORDER BY asked.place, asked.length DESC
      ) AS longest
    ),
    '{}'
  )
$$;

-- The accounts that a message's mentions reach one by one: those named, and with "here" those who are online.
CREATE FUNCTION called_by(mentions text[], calling json) RETURNS uuid[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY(
    SELECT one::uuid FROM unnest(mentions) AS one WHERE one NOT IN ('channel', 'here')
    UNION
    SELECT one::uuid FROM json_array_elements_text(calling -> 'online') AS one WHERE 'here' = ANY (mentions)
  )
$$;

-- Moves a reader's marker forward, never back and never past the end, and counts the mentions that are left above it.
-- Once the row is held nobody can call this reader unseen: the count is a statement of its own and sees all of them.
CREATE FUNCTION mark_read(in_channel uuid, reader uuid, up_to integer, in_workspace uuid)
RETURNS TABLE (read_seq integer, mention_count integer, moved boolean)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  marked record;
  stands record;
BEGIN
  UPDATE channel_members cm SET read_seq = least(up_to, c.last_seq)
  FROM channels c
  WHERE cm.channel_id = in_channel AND cm.account_id = reader AND c.id = cm.channel_id AND c.workspace_id = in_workspace
    AND cm.read_seq < least(up_to, c.last_seq)
  RETURNING cm.read_seq, cm.mention_count INTO marked;
  IF marked.read_seq IS NULL THEN
    RETURN QUERY SELECT cm.read_seq, cm.mention_count, false
      FROM channel_members cm JOIN channels c ON c.id = cm.channel_id
      WHERE cm.channel_id = in_channel AND cm.account_id = reader AND c.workspace_id = in_workspace;
    RETURN;
  END IF;
  IF marked.mention_count > 0 THEN
    UPDATE channel_members cm SET mention_count = (
      SELECT count(*) FROM mentions m
      WHERE m.account_id = reader AND m.channel_id = in_channel AND m.seq > cm.read_seq
    )
    WHERE cm.channel_id = in_channel AND cm.account_id = reader
    RETURNING cm.read_seq, cm.mention_count INTO marked;
  END IF;
  RETURN QUERY SELECT marked.read_seq, marked.mention_count, true;
END
$$;

-- The group commit of messages that answer nothing and call nobody, which is most of them: as in migration 2, and
--   restricted  only owners and admins write to this channel
CREATE OR REPLACE FUNCTION append_messages(
  ids uuid[], workspace_ids uuid[], channel_ids uuid[], author_ids uuid[], bodies text[], content_hashes bytea[]
) RETURNS TABLE (ordinal integer, outcome text, seq integer, version integer, created_at timestamptz(3))
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  stored_at timestamptz(3);
BEGIN
  PERFORM FROM channels WHERE channels.id = ANY (append_messages.channel_ids) ORDER BY channels.id FOR NO KEY UPDATE;
  stored_at := clock_timestamp();

  RETURN QUERY
  WITH given AS (
    SELECT * FROM unnest(ids, workspace_ids, channel_ids, author_ids, bodies, content_hashes) WITH ORDINALITY
      AS row_of (id, workspace_id, channel_id, author_id, body, content_hash, ordinal)
  ),
  judged AS (
    SELECT given.*, earlier.seq AS earlier_seq, earlier.version AS earlier_version, earlier.created_at AS earlier_at,
      CASE
        WHEN earlier.author_id = given.author_id AND earlier.content_hash = given.content_hash THEN 'duplicate'
        WHEN earlier.id IS NOT NULL THEN 'conflict'
        WHEN channel_members.account_id IS NULL THEN 'not_found'
        WHEN channels.archived_at IS NOT NULL THEN 'archived'
        WHEN channels.posting = 'admins' AND NOT EXISTS (
          SELECT FROM members WHERE members.workspace_id = channels.workspace_id
            AND members.account_id = given.author_id AND members.role IN ('owner', 'admin')
        ) THEN 'restricted'
        ELSE 'stored'
      END AS outcome
    FROM given
    LEFT JOIN messages AS earlier ON earlier.id = given.id
    LEFT JOIN channels ON channels.id = given.channel_id AND channels.workspace_id = given.workspace_id
    LEFT JOIN channel_members
      ON channel_members.channel_id = channels.id AND channel_members.account_id = given.author_id
  ),
  numbered AS (
    SELECT judged.*,
      channels.last_seq + (row_number() OVER same_channel)::integer AS new_seq,
      channels.version + (row_number() OVER same_channel)::integer AS new_version
    FROM judged JOIN channels ON channels.id = judged.channel_id
    WHERE judged.outcome = 'stored'
    WINDOW same_channel AS (PARTITION BY judged.channel_id ORDER BY judged.ordinal)
  ),
  inserted AS (
    INSERT INTO messages (id, channel_id, seq, version, author_id, body, content_hash, created_at)
    SELECT id, channel_id, new_seq, new_version, author_id, body, content_hash, stored_at FROM numbered
    ORDER BY ordinal
  ),
  raised AS (
    UPDATE channels SET last_seq = last_seq + many.count, version = channels.version + many.count
    FROM (SELECT channel_id, count(*)::integer AS count FROM numbered GROUP BY channel_id) AS many
    WHERE channels.id = many.channel_id
  ),
  -- Whoever speaks has read what stands above.
  read AS (
    UPDATE channel_members SET read_seq = spoke.seq, mention_count = 0
    FROM (SELECT channel_id, author_id, max(new_seq) AS seq FROM numbered GROUP BY channel_id, author_id) AS spoke
    WHERE channel_members.channel_id = spoke.channel_id AND channel_members.account_id = spoke.author_id
  )
  SELECT judged.ordinal::integer, judged.outcome,
    coalesce(numbered.new_seq, judged.earlier_seq),
    coalesce(numbered.new_version, judged.earlier_version),
    CASE WHEN judged.outcome = 'stored' THEN stored_at ELSE judged.earlier_at END
  FROM judged LEFT JOIN numbered ON numbered.ordinal = judged.ordinal
  ORDER BY judged.ordinal;
END
$$;

-- The group commit with threads and mentions. What is said of the one with six arguments holds of this one too;
-- that one costs half as much, and a server of an earlier version that runs beside this one knows no other.
--
-- A reply is numbered in its thread. It has a place in the channel as well where in_channels says so. It and the message
-- that it answers keep one step of the version together; that message comes back as `root` with the last of its replies.
-- callings name whom a message may call, null for nobody, as `mentioned` takes them, and "online": [uuid], whom "here"
-- reaches. Whom it calls comes back as `mentions`.
--
-- outcome has three more:
--   nested  the message to be answered is itself a reply
--   closed  the message to be answered was deleted
--   restricted  only owners and admins write to this channel
-- and not_found also where the channel has no such message to answer.
-- The message that is answered must not stand in the same call.
CREATE FUNCTION append_messages(
  ids uuid[], workspace_ids uuid[], channel_ids uuid[], author_ids uuid[], bodies text[], content_hashes bytea[],
  thread_ids uuid[], in_channels boolean[], callings json[]
) RETURNS TABLE (
  ordinal integer, outcome text, seq integer, version integer, thread_seq integer, created_at timestamptz(3),
  mentions text[], root json
)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  stored_at timestamptz(3);
  one record;
BEGIN
  PERFORM FROM channels WHERE channels.id = ANY (append_messages.channel_ids) ORDER BY channels.id FOR NO KEY UPDATE;
  stored_at := clock_timestamp();

  RETURN QUERY
  WITH given AS (
    SELECT * FROM unnest(
      ids, workspace_ids, channel_ids, author_ids, bodies, content_hashes, thread_ids, in_channels, callings
    ) WITH ORDINALITY AS row_of (
      id, workspace_id, channel_id, author_id, body, content_hash, thread_id, in_channel, calling, ordinal
    )
  ),
  judged AS (
    SELECT given.*, earlier.seq AS earlier_seq, earlier.version AS earlier_version, earlier.created_at AS earlier_at,
      earlier.thread_seq AS earlier_thread_seq,
      CASE
        WHEN earlier.author_id = given.author_id AND earlier.content_hash = given.content_hash THEN 'duplicate'
        WHEN earlier.id IS NOT NULL THEN 'conflict'
        WHEN channel_members.account_id IS NULL THEN 'not_found'
        WHEN given.thread_id IS NOT NULL AND answered.id IS NULL THEN 'not_found'
        WHEN channels.archived_at IS NOT NULL THEN 'archived'
        WHEN channels.posting = 'admins' AND NOT EXISTS (
          SELECT FROM members WHERE members.workspace_id = channels.workspace_id
            AND members.account_id = given.author_id AND members.role IN ('owner', 'admin')
        ) THEN 'restricted'
        WHEN answered.thread_id IS NOT NULL THEN 'nested'
        WHEN answered.deleted_at IS NOT NULL THEN 'closed'
        ELSE 'stored'
      END AS outcome
    FROM given
    LEFT JOIN messages AS earlier ON earlier.id = given.id
    LEFT JOIN channels ON channels.id = given.channel_id AND channels.workspace_id = given.workspace_id
    LEFT JOIN channel_members
      ON channel_members.channel_id = channels.id AND channel_members.account_id = given.author_id
    LEFT JOIN messages AS answered ON answered.id = given.thread_id AND answered.channel_id = given.channel_id
  ),
  numbered AS (
    SELECT judged.*,
      CASE WHEN judged.in_channel THEN
        channels.last_seq + (count(*) FILTER (WHERE judged.in_channel) OVER so_far)::integer
      END AS new_seq,
      channels.version + (row_number() OVER so_far)::integer AS new_version,
      CASE WHEN judged.thread_id IS NOT NULL THEN
        answered.reply_count + (row_number() OVER (PARTITION BY judged.thread_id ORDER BY judged.ordinal))::integer
      END AS new_thread_seq
    FROM judged
    JOIN channels ON channels.id = judged.channel_id
    LEFT JOIN messages AS answered ON answered.id = judged.thread_id
    WHERE judged.outcome = 'stored'
    WINDOW so_far AS (PARTITION BY judged.channel_id ORDER BY judged.ordinal)
  ),
  inserted AS (
    INSERT INTO messages (
      id, channel_id, seq, version, thread_id, thread_seq, author_id, body, content_hash, mentions, created_at
    )
    SELECT id, channel_id, new_seq, new_version, thread_id, new_thread_seq, author_id, body, content_hash,
      CASE WHEN calling IS NOT NULL THEN mentioned(calling, workspace_id, author_id) END, stored_at
    FROM numbered ORDER BY ordinal
    RETURNING messages.id, messages.mentions
  ),
  raised AS (
    UPDATE channels SET last_seq = last_seq + many.placed, version = channels.version + many.count
    FROM (
      SELECT channel_id, count(*)::integer AS count, count(new_seq)::integer AS placed FROM numbered GROUP BY channel_id
    ) AS many
    WHERE channels.id = many.channel_id
  ),
  answered AS (
    UPDATE messages SET version = many.version, reply_count = many.replies, last_reply_at = stored_at
    FROM (
      SELECT thread_id, max(new_version) AS version, max(new_thread_seq) AS replies
      FROM numbered WHERE thread_id IS NOT NULL GROUP BY thread_id
    ) AS many
    WHERE messages.id = many.thread_id
    RETURNING messages.*
  ),
  -- Whoever speaks has read what stands above.
  read AS (
    UPDATE channel_members SET read_seq = spoke.seq, mention_count = 0
    FROM (
      SELECT channel_id, author_id, max(new_seq) AS seq FROM numbered WHERE new_seq IS NOT NULL
      GROUP BY channel_id, author_id
    ) AS spoke
    WHERE channel_members.channel_id = spoke.channel_id AND channel_members.account_id = spoke.author_id
  )
  SELECT judged.ordinal::integer, judged.outcome,
    CASE WHEN judged.outcome = 'stored' THEN numbered.new_seq ELSE judged.earlier_seq END,
    coalesce(numbered.new_version, judged.earlier_version),
    coalesce(numbered.new_thread_seq, judged.earlier_thread_seq),
    CASE WHEN judged.outcome = 'stored' THEN stored_at ELSE judged.earlier_at END,
    inserted.mentions, CASE WHEN answered.id IS NOT NULL THEN to_json(answered) END
  FROM judged
  LEFT JOIN numbered ON numbered.ordinal = judged.ordinal
  LEFT JOIN inserted ON inserted.id = numbered.id
  LEFT JOIN answered ON answered.id = numbered.thread_id AND answered.version = numbered.new_version
  ORDER BY judged.ordinal;

  -- What few messages need is done apart, so that the rest pays nothing for it.
  IF num_nonnulls(VARIADIC thread_ids) > 0 THEN
    INSERT INTO thread_followers (thread_id, account_id, read_seq)
    SELECT replies.thread_id, replies.author_id, max(replies.thread_seq)
    FROM messages AS replies
    WHERE replies.id = ANY (ids) AND replies.thread_id IS NOT NULL AND replies.created_at = stored_at
    GROUP BY replies.thread_id, replies.author_id ORDER BY replies.thread_id, replies.author_id
    ON CONFLICT (thread_id, account_id) DO UPDATE
      SET following = true, read_seq = greatest(thread_followers.read_seq, excluded.read_seq);
    INSERT INTO thread_followers (thread_id, account_id)
    SELECT DISTINCT begun.id, begun.author_id FROM messages AS begun WHERE begun.id = ANY (thread_ids)
    ON CONFLICT (thread_id, account_id) DO NOTHING;
  END IF;
  IF num_nonnulls(VARIADIC callings) > 0 THEN
    FOR one IN
      SELECT messages.*, row_of.calling FROM unnest(ids, callings) AS row_of (id, calling)
      -- What was stored before has called its people then.
      JOIN messages ON messages.id = row_of.id AND messages.created_at = stored_at
      WHERE row_of.calling IS NOT NULL AND messages.mentions IS NOT NULL
    LOOP
      PERFORM set_mentions(
        one.id, one.channel_id, one.seq, one.thread_id, one.thread_seq, one.author_id,
        called_by(one.mentions, one.calling), 'channel' = ANY (one.mentions)
      );
      IF one.thread_id IS NOT NULL THEN
        INSERT INTO thread_followers (thread_id, account_id)
        SELECT mentions.thread_id, mentions.account_id FROM mentions WHERE mentions.message_id = one.id
        ON CONFLICT (thread_id, account_id) DO NOTHING;
      END IF;
    END LOOP;
  END IF;
END
$$;

-- What migration 3 says of the change_messages with eight arguments holds of this one too, which tells more of a message.
-- callings are those of an edit, as in append_messages. More kinds:
--   pin, unpin   the message stands among the channel's pinned ones, or does so no more
--   preview      what the links of a body lead to; the calling is {"of": hex of that body's SHA-256, "previews": [...]},
--                and nothing happens where the body is another by now
--   unpreview    the previews are taken away by its author or a moderator
-- outcome has one more:
--   guest        guests cannot pin
CREATE FUNCTION change_messages(
  kinds text[], message_ids uuid[], channel_ids uuid[], workspace_ids uuid[], account_ids uuid[], texts text[],
  callings json[], moderators role[], most_emoji integer
) RETURNS TABLE (
  ordinal integer, outcome text, id uuid, channel_id uuid, seq integer, version integer, thread_id uuid,
  thread_seq integer, author_id uuid, body text, created_at timestamptz(3), edited_at timestamptz(3),
  deleted_at timestamptz(3), reactions json, reply_count integer, last_reply_at timestamptz(3), mentions text[],
  pinned_at timestamptz(3), pinned_by uuid, previews json
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
  called text[];
BEGIN
  locked := ARRAY(
    SELECT channels.id FROM channels
    WHERE channels.id IN (SELECT messages.channel_id FROM messages WHERE messages.id = ANY (message_ids))
    ORDER BY channels.id FOR NO KEY UPDATE
  );

  FOR given IN
    SELECT * FROM unnest(kinds, message_ids, channel_ids, workspace_ids, account_ids, texts, callings) WITH ORDINALITY
      AS row_of (kind, message_id, channel_id, workspace_id, account_id, text, calling, ordinal)
    ORDER BY row_of.ordinal
  LOOP
    SELECT messages.*, channels.archived_at, members.role,
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
      WHEN given.kind IN ('edit', 'react', 'pin', 'preview') AND target.deleted_at IS NOT NULL THEN 'deleted'
      WHEN given.kind = 'edit' AND target.author_id <> given.account_id THEN 'not_own'
      WHEN given.kind IN ('delete', 'unpreview') AND target.author_id <> given.account_id
        AND (target.role = ANY (moderators)) IS NOT TRUE THEN 'not_own'
      WHEN given.kind IN ('pin', 'unpin') AND (target.role <> 'guest') IS NOT TRUE THEN 'guest'
      WHEN given.kind = 'edit' AND target.body = given.text THEN 'unchanged'
      WHEN given.kind = 'delete' AND target.deleted_at IS NOT NULL THEN 'unchanged'
      WHEN given.kind = 'react' AND target.reacted THEN 'unchanged'
      WHEN given.kind = 'unreact' AND NOT target.reacted THEN 'unchanged'
      WHEN given.kind = 'pin' AND target.pinned_at IS NOT NULL THEN 'unchanged'
      WHEN given.kind = 'unpin' AND target.pinned_at IS NULL THEN 'unchanged'
      WHEN given.kind = 'unpreview' AND target.previews IS NULL THEN 'unchanged'
      WHEN given.kind = 'preview' AND given.calling ->> 'of' <>
        encode(sha256(convert_to(target.body, 'UTF8')), 'hex') THEN 'unchanged'
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
      CASE given.kind
      WHEN 'edit' THEN
        INSERT INTO message_edits (message_id, version, body, edited_at)
          VALUES (target.id, step, target.body, stepped_at);
        UPDATE messages SET version = step, body = given.text, edited_at = stepped_at, previews = NULL,
          mentions = CASE WHEN given.calling IS NOT NULL
            THEN mentioned(given.calling, given.workspace_id, given.account_id) END
          WHERE messages.id = target.id
          RETURNING messages.mentions INTO called;
        IF called IS NOT NULL OR target.mentions IS NOT NULL THEN
          PERFORM set_mentions(
            target.id, target.channel_id, target.seq, target.thread_id, target.thread_seq, target.author_id,
            -- Whoever was here then is called still, and nobody who came since.
            CASE WHEN 'here' = ANY (called) AND 'here' = ANY (target.mentions)
              THEN called_by(array_remove(called, 'here'), given.calling)
                || ARRAY(SELECT mentions.account_id FROM mentions WHERE mentions.message_id = target.id)
              ELSE called_by(called, given.calling)
            END,
            coalesce('channel' = ANY (called), false)
          );
        END IF;
      WHEN 'delete' THEN
        DELETE FROM message_edits WHERE message_edits.message_id = target.id;
        DELETE FROM reactions WHERE reactions.message_id = target.id;
        PERFORM set_mentions(
          target.id, target.channel_id, target.seq, target.thread_id, target.thread_seq, target.author_id, '{}', false
        );
        UPDATE messages SET version = step, body = '', deleted_at = stepped_at, reactions = NULL, mentions = NULL,
          pinned_at = NULL, pinned_by = NULL, previews = NULL
          WHERE messages.id = target.id;
      WHEN 'pin' THEN
        UPDATE messages SET version = step, pinned_at = stepped_at, pinned_by = given.account_id
          WHERE messages.id = target.id;
      WHEN 'unpin' THEN
        UPDATE messages SET version = step, pinned_at = NULL, pinned_by = NULL WHERE messages.id = target.id;
      WHEN 'preview' THEN
        UPDATE messages SET version = step, previews = given.calling -> 'previews' WHERE messages.id = target.id;
      WHEN 'unpreview' THEN
        UPDATE messages SET version = step, previews = NULL WHERE messages.id = target.id;
      WHEN 'react', 'unreact' THEN
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
      END CASE;
    END IF;

    RETURN QUERY
    SELECT given.ordinal::integer, verdict, messages.id, messages.channel_id, messages.seq, messages.version,
      messages.thread_id, messages.thread_seq, messages.author_id, messages.body, messages.created_at,
      messages.edited_at, messages.deleted_at, messages.reactions, messages.reply_count, messages.last_reply_at,
      messages.mentions, messages.pinned_at, messages.pinned_by, messages.previews
    FROM (SELECT) AS always
    LEFT JOIN messages ON messages.id = target.id AND verdict IN ('changed', 'unchanged');
  END LOOP;
END
$$;
