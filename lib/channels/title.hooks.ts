import { useCallback } from "react";
import type { ChannelView } from "@/lib/channels/channel.events";
import { signedTitle } from "@/lib/channels/channel-title";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

/** What channels are called in a text: "#general", or the other people of a direct one. */
export function useTitleOf(): (channel: Pick<ChannelView, "kind" | "name" | "memberIds">) => string {
  const members = useWorkspace((state) => state.members);
  const me = useWorkspace((state) => state.me.id);
  return useCallback((channel) => signedTitle(channel, me, (id) => members.get(id)?.displayName), [members, me]);
}
