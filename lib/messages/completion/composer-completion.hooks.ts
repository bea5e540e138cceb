import { useMemo } from "react";
import { useChannelsStore, useRefresh } from "@/lib/channels/channel.hooks";
import { channelsSource } from "@/lib/messages/completion/channels-source";
import { COMMAND_NAMES } from "@/lib/messages/completion/commands-source";
import { EMOJI } from "@/lib/messages/completion/emoji-source";
import { peopleSource } from "@/lib/messages/completion/people-source";
import type { CompletionSource } from "@/lib/messages/completion/source";
import { useConversation } from "@/lib/messages/message.hooks";
import { useWorkspaceStore } from "@/lib/workspaces/workspace.hooks";

const SPOKE_LATELY = 60;

/** All that a composer completes: commands, people, channels and emoji, as they are at the moment of typing. */
export function useCompletionSources(channelId: string): readonly CompletionSource[] {
  const conversation = useConversation();
  const workspace = useWorkspaceStore();
  const channels = useChannelsStore();
  const refresh = useRefresh();
  return useMemo(() => {
    const lately = () => {
      const { messages } = conversation.stateOf({ channelId, threadId: null });
      return [...new Set(messages.slice(-SPOKE_LATELY).map(({ authorId }) => authorId))].toReversed();
    };
    const others = async () => {
      // A page begins with those who spoke on it.
      if (!workspace.get().everybody) await refresh().catch(() => undefined);
      return [...workspace.get().members.values()].filter(({ id }) => id !== conversation.viewer.id);
    };
    const linkable = () => [...channels.get().values()].filter(({ kind, name }) => kind !== "direct" && name !== "");
    const mayCallMany = workspace.get().me.role !== "guest";
    return [COMMAND_NAMES, peopleSource(others, lately, mayCallMany), channelsSource(linkable), EMOJI];
  }, [conversation, workspace, channels, refresh, channelId]);
}
