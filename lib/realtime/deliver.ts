import type { BroadcastOperator } from "socket.io";
import type { ServerToClient } from "@/lib/events";
import { takeChanges } from "@/lib/realtime/following";
import { type SocketData, workspaceNamespace } from "@/lib/realtime/io";
import { hearNode } from "@/lib/realtime/nodes";
import type { Parcel, Telling } from "@/lib/realtime/parcel";
import { cutConnections } from "@/lib/realtime/revoke";
import { accountRoom } from "@/lib/realtime/rooms";

/** Hands a parcel to those of this node's sockets that it is for. */
export function deliver(parcel: Parcel): void {
  switch (parcel.to) {
    case "channel":
      takeChanges(parcel.slug, parcel.changes);
      break;
    case "account": {
      const { slug, accountId, exceptSocketId, telling } = parcel;
      const target = workspaceNamespace(slug)?.local.to(accountRoom(accountId));
      tell(exceptSocketId === undefined ? target : target?.except(exceptSocketId), telling);
      break;
    }
    case "workspace":
      tell(workspaceNamespace(parcel.slug)?.local, parcel.telling);
      break;
    case "credential":
      cutConnections(parcel.revoked);
      break;
    case "nodes":
      hearNode(parcel.subject, parcel.message);
      break;
  }
}

type Target = BroadcastOperator<ServerToClient, SocketData>;

function tell(target: Target | undefined, { event, fact }: Telling): void {
  target?.emit(event, ...([fact] as Parameters<ServerToClient[typeof event]>));
}
