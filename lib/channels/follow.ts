import type { ChannelFact, ChannelsState } from "@/lib/channels/channel.store";
import type { ReadMarks } from "@/lib/channels/read-marks";
import type { WorkspaceShell } from "@/lib/channels/shell.events";
import type { Connection } from "@/lib/realtime/browser/connection";
import { keepPeople, loadPeople } from "@/lib/realtime/browser/kept-people";
import type { Change } from "@/lib/realtime/browser/resync";
import { rest } from "@/lib/shared/rest";
import type { Store } from "@/lib/shared/store";
import type { WorkspaceFact, WorkspaceState } from "@/lib/workspaces/workspace.store";

interface Followed {
  connection: Connection;
  channels: Store<ChannelsState, ChannelFact>;
  workspace: Store<WorkspaceState, WorkspaceFact>;
  marks: ReadMarks;
}

/** Fetches the shell anew, one fetch at a time: who asks meanwhile is answered by one more. */
export function shellFetcher({ connection, channels, workspace, marks }: Followed): {
  refresh: () => Promise<void>;
  /** The next answer replaces everything: the database began another life. */
  replaceNext: () => void;
} {
  let replace = false;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  async function fetchOnce(): Promise<void> {
    const { slug } = workspace.get().workspace;
    const endWatch = marks.watch();
    const shell = await rest<WorkspaceShell>("GET", `/workspaces/${encodeURIComponent(slug)}`).finally(endWatch);
    workspace.tell({ type: "shell", shell });
    channels.tell({ type: "shell", channels: shell.channels, replace, readOn: endWatch() });
    replace = false;
    void keepPeople(connection.scope, shell.members);
    for (const channel of shell.channels)
      if (channel.readSeq !== null) connection.setCursor(channel.id, channel.version);
  }

  function refresh(): Promise<void> {
    if (running !== null) {
      next ??= running
        .catch(() => undefined)
        .then(() => {
          next = null;
          return refresh();
        });
      return next;
    }
    running = fetchOnce().finally(() => {
      running = null;
    });
    return running;
  }

  return {
    refresh,
    replaceNext: () => {
      replace = true;
    },
  };
}

/** Changes that are told again from an earlier place must not count members twice: the next shell counts them. */
function unheard(change: Change, channels: ChannelsState): Omit<Change, "members"> {
  const { members, ...rest } = change;
  const again = change.from < (channels.get(change.channelId)?.version ?? 0);
  return again || members === undefined ? rest : change;
}

/** Keeps the two stores true to what the server tells, until the function it returns is called. */
export function follow(followed: Followed & ReturnType<typeof shellFetcher>): () => void {
  const { connection, channels, workspace, marks, refresh, replaceNext } = followed;
  const { me } = workspace.get();
  // A fetch that fails is made up for by the next resync, and until then what is shown stays.
  const refreshQuietly = () => void refresh().catch(() => undefined);

  for (const channel of channels.get().values()) {
    if (channel.readSeq !== null) connection.setCursor(channel.id, channel.version);
  }
  void loadPeople(connection.scope).then((people) => {
    const { members, everybody, ...known } = workspace.get();
    if (people.length === 0 || everybody) return;
    const all = new Map([...people, ...members.values()].map((member) => [member.id, member]));
    workspace.tell({ type: "shell", shell: { ...known, members: [...all.values()] } });
  });
  const stops = [
    connection.onChanges((change) => {
      channels.tell({ type: "changes", change: unheard(change, channels.get()), viewerId: me.id });
      const people = [
        ...change.messages.map(({ authorId }) => authorId),
        ...(change.members ?? []).map(({ accountId }) => accountId),
      ];
      const { members, everybody } = workspace.get();
      if (everybody && people.some((id) => !members.has(id))) refreshQuietly();
    }),
    connection.on("channel:joined", ({ channel }) => channels.tell({ type: "joined", channel })),
    connection.on("channel:updated", ({ channel }) => channels.tell({ type: "updated", channel })),
    connection.on("channel:left", ({ channelId }) => channels.tell({ type: "left", channelId })),
    connection.on("channel:read", (read) => {
      marks.note(read.channelId);
      channels.tell({ type: "read", ...read });
    }),
    connection.on("channel:unread", (unread) => channels.tell({ type: "unread", ...unread })),
    connection.on("member:updated", (fact) => workspace.tell({ type: "account", ...fact })),
    connection.onEpoch(replaceNext),
    connection.onResynced(() => {
      marks.tellAll();
      refreshQuietly();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
