import type { MembershipChangeView } from "@/lib/channels/channel.events";
import type { ChannelChanges } from "@/lib/messages/message.events";

/** What a channel's log holds above a version, as of one moment. */
export interface Missed {
  /** The channel's version at that moment. */
  version: number;
  /** Who came and went, in order. */
  members: MembershipChangeView[];
  /** The changes as a chain without a gap, in which every change of membership stands alone; null where they are too many. */
  runs: ChannelChanges[] | null;
}
