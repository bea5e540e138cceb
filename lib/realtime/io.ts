import type { Namespace, Server, Socket } from "socket.io";
import type { Viewer } from "@/lib/auth/account.events";
import type { ClientToServer, ServerToClient } from "@/lib/events";
import type { Missed } from "@/lib/realtime/missed";
import type { Parcel } from "@/lib/realtime/parcel";
import { namespaceOf } from "@/lib/realtime/rooms";
import { singleton } from "@/lib/shared/singleton";

/** What a connected socket knows of itself, from its handshake. */
export interface SocketData {
  viewer: Viewer;
  workspace: { id: string; slug: string };
  /** How many revocations there had been when the credentials were looked up. */
  revocationsSeen: number;
  /** Resolves when the socket is in the rooms of all its channels: what must not miss a change awaits it. */
  joined: Promise<void>;
  /** Nobody is active before it, as its client says; absent until it says anything. */
  away?: boolean;
  /** The channels that its client shows now. */
  open?: Set<string>;
}

type NoServerEvents = Record<string, never>;
export type ParleyServer = Server<ClientToServer, ServerToClient, NoServerEvents, SocketData>;
export type ParleyNamespace = Namespace<ClientToServer, ServerToClient, NoServerEvents, SocketData>;
export type ParleySocket = Socket<ClientToServer, ServerToClient, NoServerEvents, SocketData>;

interface Slot {
  server: ParleyServer | null;
  /** Makes a workspace's namespace with its guard and its handlers; set by the gateway. */
  openNamespace: (slug: string) => void;
  /** Other processes serve the same database, so that changes may come from elsewhere, late or not at all. */
  clustered: boolean;
  /** Hands parcels to the other nodes, if it can: what is lost on the way is found in the database. */
  relay: (parcels: Parcel[]) => void;
  /** Whether what is relayed now can be expected to arrive. */
  reachesOthers: () => boolean;
  /** Reads a channel's changes above a version from the log; null where there is no such channel. Set by the gateway. */
  readMissed: (channelId: string, above: number) => Promise<Missed | null>;
  /** The accounts that are online in a workspace, on whichever node. Set by the gateway. */
  online: (slug: string) => string[];
}

/** The Socket.IO server of this process; `server` is null in a process without one (the command line). */
export function io(): Slot {
  return singleton<Slot>("realtime.io", () => ({
    server: null,
    openNamespace: () => undefined,
    clustered: false,
    relay: () => undefined,
    reachesOthers: () => true,
    readMissed: async () => null,
    online: () => [],
  }));
}

/** A workspace's namespace, or null where nobody is connected to one. `server.of` would make one that has no guard. */
export function workspaceNamespace(slug: string): ParleyNamespace | null {
  return io().server?._nsps.get(namespaceOf(slug)) ?? null;
}
