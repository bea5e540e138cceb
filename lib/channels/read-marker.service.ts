import type { Viewer } from "@/lib/auth/account.events";
import { pool } from "@/lib/db/database";
import { publishToAccount } from "@/lib/realtime/publish";
import { notFound } from "@/lib/shared/errors";

interface Marker {
  readSeq: number;
  mentionCount: number;
}
interface Workspace {
  id: string;
  slug: string;
}
interface Place {
  channelId: string;
  seq: number;
}

/**
 * Moves the viewer's read marker forward, never back, and never past the end.
 * @returns where it stands now, and how many mentions are left above it
 * @throws Refusal `not_found`
 */
export function markRead(viewer: Viewer, workspace: Workspace, place: Place, socketId?: string): Promise<Marker> {
  return move("channel:read", "mark_read", viewer, workspace, place, socketId);
}

/**
 * Moves the viewer's read marker back to just before `seq`, never forward.
 * @returns where it stands now, and the mentions above it
 * @throws Refusal `not_found`
 */
export function markUnread(viewer: Viewer, workspace: Workspace, place: Place, socketId?: string): Promise<Marker> {
  return move("channel:unread", "mark_unread", viewer, workspace, place, socketId);
}

/** Moves the marker by the function of that name, and tells one's other connections where it has moved. */
async function move(
  event: "channel:read" | "channel:unread",
  name: "mark_read" | "mark_unread",
  viewer: Viewer,
  workspace: Workspace,
  { channelId, seq }: Place,
  socketId: string | undefined,
): Promise<Marker> {
  const { rows } = await pool().query<Marker & { moved: boolean }>({
    name,
    text: `SELECT read_seq AS "readSeq", mention_count AS "mentionCount", moved FROM ${name}($1, $2, $3, $4)`,
    values: [channelId, viewer.account.id, seq, workspace.id],
  });
  const marked = rows[0];
  if (marked === undefined) throw notFound("The channel");
  const { moved, ...marker } = marked;
  if (moved) publishToAccount(workspace.slug, viewer.account.id, event, { channelId, ...marker }, socketId);
  return marker;
}
