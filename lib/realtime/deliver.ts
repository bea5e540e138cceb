import { emitToAccount, emitToWorkspace } from "@/lib/realtime/emit";
import { takeChanges } from "@/lib/realtime/following";
import { hearNode } from "@/lib/realtime/nodes";
import type { Parcel } from "@/lib/realtime/parcel";
import { cutConnections } from "@/lib/realtime/revoke";

/** Hands a parcel to those of this node's sockets that it is for. */
export function deliver(parcel: Parcel): void {
  switch (parcel.to) {
    case "channel":
      takeChanges(parcel.slug, parcel.changes);
      break;
    case "account":
      emitToAccount(parcel.slug, parcel.accountId, parcel.telling, parcel.exceptSocketId);
      break;
    case "workspace":
      emitToWorkspace(parcel.slug, parcel.telling);
      break;
    case "credential":
      cutConnections(parcel.revoked);
      break;
    case "nodes":
      hearNode(parcel.subject, parcel.message);
      break;
  }
}
