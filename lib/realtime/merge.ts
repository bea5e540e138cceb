import type { ChannelChanges } from "@/lib/messages/message.events";
import type { Parcel } from "@/lib/realtime/parcel";

/**
 * Joins neighbouring changes of one channel whose versions touch: one event carries many messages. The order between
 * the rest is kept, and a change of membership is never joined with anything.
 */
export function merge(parcels: readonly Parcel[]): Parcel[] {
  const merged: Parcel[] = [];
  const open = new Map<string, ChannelChanges>();
  for (const parcel of parcels) {
    if (parcel.to !== "channel") {
      open.clear();
      merged.push(parcel);
      continue;
    }
    const { changes } = parcel;
    const before = open.get(changes.channelId);
    if (before !== undefined && before.to === changes.from && changes.members === undefined) {
      before.to = changes.to;
      before.messages.push(...changes.messages);
      continue;
    }
    const own = { ...changes, messages: [...changes.messages] };
    if (own.members === undefined) open.set(changes.channelId, own);
    else open.delete(changes.channelId);
    merged.push({ ...parcel, changes: own });
  }
  return merged;
}
