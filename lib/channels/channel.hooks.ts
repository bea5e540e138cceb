import { createContext, useContext, useEffect, useState } from "react";
import type { ChannelView } from "@/lib/channels/channel.events";
import type { ChannelFact, ChannelsState } from "@/lib/channels/channel.store";
import { channelAt, channelPath } from "@/lib/channels/channel-path";
import type { ReadMarks } from "@/lib/channels/read-marks";
import type { Connection } from "@/lib/realtime/browser/connection";
import { rest } from "@/lib/shared/rest";
import type { Store } from "@/lib/shared/store";
import { navigate } from "@/lib/ui/location";
import { useStore } from "@/lib/ui/use-store";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

export interface Channels {
  store: Store<ChannelsState, ChannelFact>;
  connection: Connection;
  marks: ReadMarks;
  /** Fetches the workspace anew: its channels and all its members. */
  refresh: () => Promise<void>;
}

export const ChannelsContext = createContext<Channels | null>(null);

function useChannelsContext(): Channels {
  const channels = useContext(ChannelsContext);
  if (channels === null) throw new Error("A channel's part was drawn outside of a workspace.");
  return channels;
}

/** The channels themselves, for what looks at them only when it is used. */
export function useChannelsStore(): Store<ChannelsState, ChannelFact> {
  return useChannelsContext().store;
}

/** Fetches the workspace anew: its channels and all its members. */
export function useRefresh(): () => Promise<void> {
  return useChannelsContext().refresh;
}

/** What `select` picks from the channels. */
export function useChannels<Picked>(select: (state: ChannelsState) => Picked): Picked {
  return useStore(useChannelsContext().store, select);
}

/**
 * The channel that the address names. A channel that is renamed while it is open stays open, under its new address.
 */
export function useOpenChannel(location: URL): ChannelView | undefined {
  const channels = useChannels((state) => state);
  const slug = useWorkspace((state) => state.workspace.slug);
  const [last, setLast] = useState<{ path: string; id: string } | null>(null);
  const { pathname } = location;
  const named = channelAt(pathname.split("/")[2] ?? "", channels.values());
  if (named !== undefined && (last?.path !== pathname || last.id !== named.id)) {
    setLast({ path: pathname, id: named.id });
  }
  const renamed = named === undefined && last?.path === pathname ? channels.get(last.id) : undefined;
  const newPath = renamed === undefined ? null : channelPath(slug, renamed);
  useEffect(() => {
    if (newPath !== null) navigate(newPath, "replace");
  }, [newPath]);
  return named ?? renamed;
}

/** Says that one has seen a channel up to `seq`: at once here, and to the server. */
export function useMarkRead(): (channelId: string, seq: number) => void {
  const { store, marks } = useChannelsContext();
  return (channelId, seq) => {
    const channel = store.get().get(channelId);
    if (channel === undefined || channel.readSeq === null || seq <= channel.readSeq) return;
    // What is left above, the server's answer says.
    const mentionCount = seq >= channel.lastSeq ? 0 : channel.mentionCount;
    store.tell({ type: "read", channelId, readSeq: seq, mentionCount });
    marks.mark(channelId, seq);
  };
}

/**
 * Says that a channel is unread again from `seq` on: at once here, and taken back where the server refuses.
 * Rejects with a Refusal then.
 */
export function useMarkUnread(): (channelId: string, seq: number) => Promise<void> {
  const { store, connection } = useChannelsContext();
  return async (channelId, seq) => {
    const channel = store.get().get(channelId);
    if (channel === undefined || channel.readSeq === null || seq > channel.readSeq) return;
    const { readSeq, mentionCount } = channel;
    store.tell({ type: "unread", channelId, readSeq: seq - 1, mentionCount });
    try {
      const marks = await connection.ask("channel:unread", { channelId, seq });
      store.tell({ type: "unread", channelId, ...marks });
    } catch (error) {
      store.tell({ type: "read", channelId, readSeq, mentionCount });
      throw error;
    }
  };
}

/** Asks for the channels anew where all of them are listed: of one that somebody has just made nobody else is told. */
export function useFreshChannels(): void {
  const { refresh } = useChannelsContext();
  useEffect(() => {
    // Until the answer comes, and if none does, what is known is listed.
    void refresh().catch(() => undefined);
  }, [refresh]);
}

export interface ChannelActions {
  create(fields: { name: string; topic?: string; private?: boolean }): Promise<ChannelView>;
  change(
    channelId: string,
    fields: { name?: string; topic?: string; archived?: boolean; posting?: "all" | "admins" },
  ): Promise<void>;
  join(channelId: string): Promise<void>;
  leave(channelId: string): Promise<void>;
  invite(channelId: string, accountIds: string[]): Promise<void>;
  /** The one conversation with these people; with nobody, one's own notes. */
  write(memberIds: string[]): Promise<ChannelView>;
  /** Sets how one's own list shows a channel. */
  prefer(
    channelId: string,
    preferences: { starred?: boolean; muted?: boolean; section?: string | null; hidden?: boolean },
  ): Promise<void>;
}

/** What one can do to channels. Each resolves when it is done and shown, or rejects with a Refusal. */
export function useChannelActions(): ChannelActions {
  const { store, connection, refresh } = useChannelsContext();
  const slug = useWorkspace((state) => state.workspace.slug);
  const me = useWorkspace((state) => state.me.id);
  return {
    async create(fields) {
      const { channel } = await rest<{ channel: ChannelView }>("POST", `/workspaces/${slug}/channels`, fields);
      connection.setCursor(channel.id, channel.version);
      store.tell({ type: "joined", channel });
      return channel;
    },
    async change(channelId, fields) {
      const { channel } = await rest<{ channel: ChannelView }>("PATCH", `/channels/${channelId}`, fields);
      store.tell({ type: "updated", channel });
    },
    async join(channelId) {
      await rest("POST", `/channels/${channelId}/members`, {});
      if (store.get().get(channelId)?.readSeq === null) await refresh();
    },
    async leave(channelId) {
      await rest("DELETE", `/channels/${channelId}/members/${me}`);
      connection.dropChannel(channelId);
      store.tell({ type: "left", channelId });
    },
    async write(memberIds) {
      const { channel } = await rest<{ channel: ChannelView }>("POST", `/workspaces/${slug}/direct`, { memberIds });
      connection.setCursor(channel.id, channel.version);
      store.tell({ type: "joined", channel });
      return channel;
    },
    async prefer(channelId, preferences) {
      const { channel } = await rest<{ channel: ChannelView }>("PATCH", `/channels/${channelId}/me`, preferences);
      store.tell({ type: "updated", channel });
    },
    async invite(channelId, accountIds) {
      await rest("POST", `/channels/${channelId}/members`, { accountIds });
    },
  };
}
