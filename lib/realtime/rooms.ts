/** The only place that spells the names of namespaces and rooms. */

const NAMESPACE = /^\/w\/([a-z0-9-]{1,40})$/;

export function namespaceOf(slug: string): string {
  return `/w/${slug}`;
}

export function slugOf(namespace: string): string | null {
  return NAMESPACE.exec(namespace)?.[1] ?? null;
}

/** A socket is in here if and only if its account may read the channel: the room is the permission. */
export function channelRoom(channelId: string): string {
  return `channel:${channelId}`;
}

/** The channel of a room; null for a room that is not a channel's. */
export function channelOf(room: string): string | null {
  return room.startsWith("channel:") ? room.slice("channel:".length) : null;
}

export function accountRoom(accountId: string): string {
  return `account:${accountId}`;
}

/** All sockets that came in by one session or one token, to be cut off together. */
export function credentialRoom(via: { session: string } | { token: string }): string {
  return "session" in via ? `session:${via.session}` : `token:${via.token}`;
}
