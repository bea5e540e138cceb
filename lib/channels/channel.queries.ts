import type { Pool, PoolClient } from "pg";
import type { Viewer } from "@/lib/auth/account.events";
import type { ChannelView } from "@/lib/channels/channel.events";
import { pool } from "@/lib/db/database";
import { GroupStatement } from "@/lib/db/group-statement";
import { notFound } from "@/lib/shared/errors";
import { singleton } from "@/lib/shared/singleton";
import type { Role } from "@/lib/workspaces/workspace.events";

interface ChannelRow {
  id: string;
  workspace_id: string;
  kind: ChannelView["kind"];
  name: string;
  topic: string;
  last_seq: number;
  version: number;
  member_count: number;
  archived_at: Date | null;
  read_seq: number | null;
  mention_count: number | null;
  direct_key: string | null;
  posting: ChannelView["posting"];
  starred: boolean | null;
  muted: boolean | null;
  section: string | null;
  hidden_seq: number | null;
}

const COLUMNS = `c.id, c.workspace_id, c.kind, c.name, c.topic, c.last_seq, c.version, c.member_count, c.archived_at,
  c.direct_key, c.posting, cm.read_seq, cm.mention_count, cm.starred, cm.muted, cm.section, cm.hidden_seq`;

function channelView(row: ChannelRow): ChannelView {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    kind: row.kind,
    name: row.name,
    topic: row.topic,
    lastSeq: row.last_seq,
    version: row.version,
    readSeq: row.read_seq,
    mentionCount: row.mention_count ?? 0,
    archivedAt: row.archived_at?.toISOString() ?? null,
    memberCount: row.member_count,
    memberIds: row.direct_key?.split(",") ?? null,
    posting: row.posting,
    starred: row.starred ?? false,
    muted: row.muted ?? false,
    section: row.section,
    hiddenSeq: row.hidden_seq,
  };
}

interface InWorkspace {
  accountId: string;
  workspaceId: string;
}

/** Lists of three hundred channels are read in one go; more of them together would hold up everything else. */
const MOST_LISTS = 25;

/** The channels of a workspace that the viewer belongs to, by name. */
export function listOwnChannels(viewer: Viewer, workspaceId: string): Promise<ChannelView[]> {
  const lists = singleton(
    "channels.own",
    () => new GroupStatement((asked: InWorkspace[]) => readOwnChannels(pool(), asked), MOST_LISTS),
  );
  return lists.of({ accountId: viewer.account.id, workspaceId });
}

/** The same, as a transaction sees it. */
export async function listOwnChannelsIn(
  client: PoolClient,
  viewer: Viewer,
  workspaceId: string,
): Promise<ChannelView[]> {
  const [own = []] = await readOwnChannels(client, [{ accountId: viewer.account.id, workspaceId }]);
  return own;
}

async function readOwnChannels(from: Pool | PoolClient, asked: InWorkspace[]): Promise<ChannelView[][]> {
  const { rows } = await from.query<ChannelRow & { ordinal: number }>({
    name: "own_channels",
    text: `SELECT ${COLUMNS}, asked.ordinal::integer
      FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS asked (account_id, workspace_id, ordinal)
      JOIN channel_members cm ON cm.account_id = asked.account_id
      JOIN channels c ON c.id = cm.channel_id AND c.workspace_id = asked.workspace_id
      ORDER BY asked.ordinal, lower(c.name), c.id`,
    values: [asked.map(({ accountId }) => accountId), asked.map(({ workspaceId }) => workspaceId)],
  });
  const lists = asked.map((): ChannelView[] => []);
  for (const row of rows) lists[row.ordinal - 1]?.push(channelView(row));
  return lists;
}

/** The viewer's channels and, behind a null `readSeq`, the public ones that the viewer could join. By name. */
export async function listVisibleChannels(viewer: Viewer, workspaceId: string): Promise<ChannelView[]> {
  const { rows } = await pool().query<ChannelRow>(
    `SELECT ${COLUMNS} FROM channels c
      LEFT JOIN channel_members cm ON cm.channel_id = c.id AND cm.account_id = $1
      WHERE c.workspace_id = $2 AND (cm.account_id IS NOT NULL OR (c.kind = 'public' AND c.archived_at IS NULL))
      ORDER BY lower(c.name), c.id`,
    [viewer.account.id, workspaceId],
  );
  return rows.map(channelView);
}

/** All channels of a workspace that the viewer may read, each with its version: a socket's rooms. */
export function readableChannels(viewer: Viewer, workspaceId: string): Promise<ChannelVersion[]> {
  const readable = singleton("channels.readable", () => new GroupStatement(readReadable, MOST_LISTS));
  return readable.of({ accountId: viewer.account.id, workspaceId });
}

interface ChannelVersion {
  id: string;
  version: number;
}

async function readReadable(asked: InWorkspace[]): Promise<ChannelVersion[][]> {
  const { rows } = await pool().query<ChannelVersion & { ordinal: number }>({
    name: "readable_channels",
    text: `SELECT c.id, c.version, asked.ordinal::integer
      FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS asked (account_id, workspace_id, ordinal)
      JOIN channel_members cm ON cm.account_id = asked.account_id
      JOIN channels c ON c.id = cm.channel_id AND c.workspace_id = asked.workspace_id`,
    values: [asked.map(({ accountId }) => accountId), asked.map(({ workspaceId }) => workspaceId)],
  });
  const lists = asked.map((): ChannelVersion[] => []);
  for (const { id, version, ordinal } of rows) lists[ordinal - 1]?.push({ id, version });
  return lists;
}

/** A channel as one of its members sees it; null where the account is none. */
export async function readOwnChannel(accountId: string, channelId: string): Promise<ChannelView | null> {
  const { rows } = await pool().query<ChannelRow>(
    `SELECT ${COLUMNS} FROM channels c JOIN channel_members cm ON cm.channel_id = c.id AND cm.account_id = $1
      WHERE c.id = $2`,
    [accountId, channelId],
  );
  return rows[0] === undefined ? null : channelView(rows[0]);
}

/** The versions of these channels, by id. */
export async function readVersions(channelIds: string[]): Promise<Map<string, number>> {
  const { rows } = await pool().query<{ id: string; version: number }>(
    "SELECT id, version FROM channels WHERE id = ANY ($1::uuid[])",
    [channelIds],
  );
  return new Map(rows.map(({ id, version }) => [id, version]));
}

/** Which of these accounts came into which channel within the last ten seconds, and still are in it. */
export async function readArrivals(accountIds: string[]): Promise<{ channelId: string; accountId: string }[]> {
  const { rows } = await pool().query<{ channelId: string; accountId: string }>(
    `SELECT channel_id AS "channelId", account_id AS "accountId" FROM channel_members
      WHERE joined_at > now() - interval '10 seconds' AND account_id = ANY ($1::uuid[])`,
    [accountIds],
  );
  return rows;
}

/** A channel as one viewer stands to it. */
export interface ChannelStanding {
  channel: ChannelView;
  workspace: { id: string; slug: string };
  /** Everybody is in it, so it cannot be archived. */
  isDefault: boolean;
  /** The viewer's role in the workspace. */
  role: Role;
  isMember: boolean;
}

/**
 * A channel that the viewer may know of: their own, or a public one of their workspace.
 * @throws Refusal `not_found`
 */
export async function readStanding(viewer: { account: { id: string } }, channelId: string): Promise<ChannelStanding> {
  const { rows } = await pool().query<ChannelRow & { slug: string; role: Role; is_default: boolean }>(
    `SELECT ${COLUMNS}, c.is_default, w.slug, member.role FROM channels c
      JOIN workspaces w ON w.id = c.workspace_id
      JOIN members member ON member.workspace_id = c.workspace_id AND member.account_id = $1
      LEFT JOIN channel_members cm ON cm.channel_id = c.id AND cm.account_id = $1
      WHERE c.id = $2 AND (cm.account_id IS NOT NULL OR c.kind = 'public')`,
    [viewer.account.id, channelId],
  );
  const row = rows[0];
  if (row === undefined) throw notFound("The channel");
  return {
    channel: channelView(row),
    workspace: { id: row.workspace_id, slug: row.slug },
    isDefault: row.is_default,
    role: row.role,
    isMember: row.read_seq !== null,
  };
}

type MemberMarks = Pick<ChannelView, "mentionCount" | "starred" | "muted" | "section" | "hiddenSeq"> & {
  readSeq: number;
};

/** How each member of a channel sees it: only what differs between them. */
export async function readMemberMarks(channelId: string): Promise<({ accountId: string } & MemberMarks)[]> {
  const { rows } = await pool().query<{ accountId: string } & MemberMarks>(
    `SELECT account_id AS "accountId", read_seq AS "readSeq", mention_count AS "mentionCount", starred, muted, section,
        hidden_seq AS "hiddenSeq"
      FROM channel_members WHERE channel_id = $1`,
    [channelId],
  );
  return rows;
}
