import type { ServerToClient } from "@/lib/events";
import type { ChannelChanges } from "@/lib/messages/message.events";

type Fact<E extends keyof ServerToClient> = Parameters<ServerToClient[E]>[0];

/** An event with the fact that belongs to it. */
export type Telling = { [E in keyof ServerToClient]: { event: E; fact: Fact<E> } }[keyof ServerToClient];

/** What a credential is known by: every connection came in by a session or by a token. */
export type Credential = { session: string } | { token: string };

/**
 * One thing that is told, before it is known to whom: a node hands it to its own sockets and to the other nodes, which
 * do the same with it. A change of membership is a parcel of its own, so that the cut that it draws is exact.
 */
export type Parcel =
  | { to: "channel"; slug: string; changes: ChannelChanges }
  | { to: "account"; slug: string; accountId: string; exceptSocketId?: string; telling: Telling }
  | { to: "workspace"; slug: string; telling: Telling }
  | { to: "credential"; revoked: Credential }
  | { to: "nodes"; subject: string; message: unknown };
