-- The group commit: one call stores what waited while the last one was in flight.
--
-- Each statement of a volatile function sees what was committed before that statement began. So the second one,
-- which starts when all touched channels are locked, sees every earlier message, member and archive of them, and
-- nothing can change them until this commits. Channels are locked in id order so that two callers cannot deadlock.
--
-- Rows answer in the order given, `ordinal` from 1. outcome:
--   stored     written now, with its seq and version
--   duplicate  the same author sent the same content under this id before; seq and version are the stored ones
--   conflict   this id is taken by other content or another author; nothing was written
--   not_found  no such channel in this workspace, or the author is not a member of it
--   archived   the channel is closed to new messages
-- An id may stand only once in a call.
CREATE FUNCTION append_messages(
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

-- Counters are rewritten with every batch: room on the page keeps those updates off the indexes.
ALTER TABLE channels SET (fillfactor = 50);
ALTER TABLE channel_members SET (fillfactor = 70);
