import type { MessageView } from "@/lib/messages/message.events";
import type { Peer } from "@/tests/support/peer";

type Changes = ReturnType<typeof changesTold>[number];

/** What a connection was told of a channel's changes, in the order of telling. */
export function changesTold(peer: Peer, channelId: string) {
  return peer.told("channel:changes").filter((changes) => changes.channelId === channelId);
}

/** The messages in them. */
export function messagesTold(peer: Peer, channelId: string): MessageView[] {
  return changesTold(peer, channelId).flatMap(({ messages }) => messages);
}

/** Resolves when the connection was told of all of these messages. */
export async function hearsAll(peer: Peer, ids: readonly string[]): Promise<void> {
  const missing = new Set(ids);
  await peer.hears("channel:changes", ({ messages }) => {
    for (const { id } of messages) missing.delete(id);
    return missing.size === 0;
  });
}

/** The changes join without gap or overlap: a client with the rules of the contract never had to ask. */
export function expectChain(changes: readonly Changes[]): void {
  const starts = changes.slice(1).map(({ from }) => from);
  expect(starts).toEqual(changes.slice(0, -1).map(({ to }) => to));
}
