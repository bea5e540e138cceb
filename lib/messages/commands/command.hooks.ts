import { useCallback } from "react";
import { useChannelActions, useChannelsStore } from "@/lib/channels/channel.hooks";
import { channelPath } from "@/lib/channels/channel-path";
import { commandIn } from "@/lib/messages/commands/command";
import { COMMANDS } from "@/lib/messages/commands/commands";
import { notFound } from "@/lib/shared/errors";
import { navigate } from "@/lib/ui/location";
import { useWorkspaceStore } from "@/lib/workspaces/workspace.hooks";

/**
 * Runs the command that a text is.
 * @returns null where the text is none; else why it could not be done, or "" where it was
 */
export function useCommands(channelId: string, send: (body: string) => void): (text: string) => Promise<string> | null {
  const actions = useChannelActions();
  const workspace = useWorkspaceStore();
  const channels = useChannelsStore();
  return useCallback(
    (text) => {
      const given = commandIn(text);
      if (given === null) return null;
      const command = COMMANDS.find(({ name }) => name === given.name);
      if (command === undefined) {
        return Promise.resolve(`There is no command /${given.name}. To say it as it stands, begin with two slashes.`);
      }
      const place = {
        send,
        setTopic: (topic: string) => actions.change(channelId, { topic }),
        leave: async () => {
          await actions.leave(channelId);
          const next = [...channels.get().values()].find(({ id, readSeq }) => id !== channelId && readSeq !== null);
          if (next !== undefined) navigate(channelPath(workspace.get().workspace.slug, next));
        },
        invite: async (username: string) => {
          const sought = username.toLowerCase();
          const member = [...workspace.get().members.values()].find((one) => one.username.toLowerCase() === sought);
          if (member === undefined) throw notFound(`@${username}`);
          await actions.invite(channelId, [member.id]);
        },
      };
      return Promise.resolve(command.run(place, given.rest)).then((refusal) => refusal ?? "");
    },
    [actions, workspace, channels, channelId, send],
  );
}

/** What is sent of a text: of one that begins with two slashes, one, marked as no command. */
export function withoutEscape(text: string): string {
  return text.startsWith("//") ? `\\${text.slice(1)}` : text;
}
