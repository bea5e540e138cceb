import "@/tests/convergence/run/browser-page";
import { channelsReducer, startChannels } from "@/lib/channels/channel.store";
import { follow } from "@/lib/channels/follow";
import { ReadMarks } from "@/lib/channels/read-marks";
import type { WorkspaceShell } from "@/lib/channels/shell.events";
import { Conversation } from "@/lib/messages/conversation";
import type { TimelineState } from "@/lib/messages/message.store";
import { type Connection, createConnection } from "@/lib/realtime/browser/connection";
import type { Listeners, Wire } from "@/lib/realtime/browser/wire";
import { createStore } from "@/lib/shared/store";
import { startWorkspace, workspaceReducer } from "@/lib/workspaces/workspace.store";
import type { Client } from "@/tests/convergence/run/client";
import { RecordedSocket } from "@/tests/convergence/run/recorded-socket";
import type { Asker, Recorder } from "@/tests/convergence/run/recorder";
import { itemOf, messageSchema } from "@/tests/convergence/run/sighting";
import { Tracks } from "@/tests/convergence/run/tracks";
import type { Person } from "@/tests/support/peer";
import type { TcpProxy } from "@/tests/support/tcp-proxy";

interface Options {
  name: string;
  person: Person;
  proxy: TcpProxy;
  recorder: Recorder;
  patienceMs: number;
}

/** The product's own browser side, without its screen: connection, outbox, timelines and the list of channels. */
export async function openProductClient({ name, person, proxy, recorder, patienceMs }: Options): Promise<Client> {
  const asker: Asker = { client: name, account: person.account.id, session: `${name} cookie` };
  recorder.write({ kind: "client", client: name, account: asker.account });
  const tracks = new Tracks(name, recorder);
  const shell = await person.shell();
  const cookie = [...person.visitor.cookies].map(([key, value]) => `${key}=${value}`).join("; ");

  const open = (url: string, listeners: Listeners): Wire => {
    const options = { autoConnect: false, reconnection: false, extraHeaders: { cookie, origin: proxy.origin } };
    const recorded = new RecordedSocket(url, options, asker, recorder, patienceMs);
    for (const [event, listener] of Object.entries(listeners)) recorded.socket.on(event, listener);
    return {
      get connected() {
        return recorded.socket.connected;
      },
      connect: () => recorded.socket.connect(),
      disconnect: () => recorded.socket.disconnect(),
      timeout: (ms) => ({
        emit: (event, payload, acknowledge) => recorded.request(event, payload, ms, acknowledge),
      }),
    };
  };

  const line = createConnection({ origin: proxy.origin, slug: person.slug, accountId: person.account.id, open });
  const connection: Connection = {
    ...line,
    setCursor: (ch, version) => {
      tracks.start(ch, version);
      line.setCursor(ch, version);
    },
    dropChannel: (ch) => {
      tracks.stop(ch);
      line.dropChannel(ch);
    },
  };
  const conversation = new Conversation({ connection, viewer: person.account });
  const { timelines } = conversation;
  const watch = (ch: string) => {
    // The screen does the same: what a reset made stale is read anew.
    timelines.subscribe(ch, () => {
      const { stale, trouble } = timelines.get(ch);
      if (stale && trouble === null) void refresh(ch);
    });
    void conversation.load({ channelId: ch, threadId: null }, "newest");
  };
  const refresh = async (ch: string) => {
    if (!Object.values(timelines.get(ch).loading).some(Boolean))
      await conversation.load({ channelId: ch, threadId: null }, "newest");
  };
  // And this is what a person does who is told that the messages could not be loaded.
  const tryAgain = (ch: string) => {
    const { stale, cursor } = timelines.get(ch);
    if (stale || cursor === null) void refresh(ch);
  };

  line.onChanges(({ channelId, from, to, reset }) => tracks.take(channelId, from, to, reset));
  line.on("channel:joined", ({ channel }) => tracks.start(channel.id, channel.version));
  line.on("channel:left", ({ channelId }) => tracks.stop(channelId));
  line.onEpoch(() => tracks.stopAll());

  const channels = createStore(channelsReducer, startChannels(shell.channels));
  const workspace = createStore(workspaceReducer, startWorkspace(shell));
  const marks = new ReadMarks(connection);
  const stops = [
    follow({ connection, channels, workspace, marks, replaceNext: () => undefined, refresh: fetchShell }),
    conversation.start(),
    line.on("channel:joined", ({ channel }) => watch(channel.id)),
    line.onResynced(() => {
      tracks.level();
      for (const ch of tracks.following()) tryAgain(ch);
    }),
  ];
  for (const { id, readSeq } of shell.channels) if (readSeq !== null) watch(id);

  async function fetchShell(): Promise<void> {
    const endWatch = marks.watch();
    const response = await fetch(`${proxy.origin}/api/v1/workspaces/${person.slug}`, {
      headers: { authorization: `Bearer ${person.token}` },
      signal: AbortSignal.timeout(patienceMs),
    }).finally(endWatch);
    if (!response.ok) throw new Error(`The shell was answered by ${response.status}.`);
    const fresh: WorkspaceShell = await response.json();
    workspace.tell({ type: "shell", shell: fresh });
    channels.tell({ type: "shell", channels: fresh.channels, replace: false, readOn: endWatch() });
    for (const { id, version, readSeq } of fresh.channels) if (readSeq !== null) connection.setCursor(id, version);
  }

  const stateOf = (ch: string, { cursor, messages, hasNewer, pending }: TimelineState) => {
    const listed = channels.get().get(ch);
    return {
      kind: "state" as const,
      client: name,
      ch,
      version: cursor ?? 0,
      items: messages.map((message) => itemOf(messageSchema.parse(message))),
      reachesEnd: !hasNewer,
      unsent: pending.map(({ id }) => id),
      ...(listed !== undefined && { list: { lastSeq: listed.lastSeq, memberCount: listed.memberCount } }),
    };
  };

  return {
    ...asker,
    person,
    proxy,
    following: () => tracks.following(),
    cursor: (ch) => tracks.cursor(ch),
    say(ch, body) {
      conversation.send({ channelId: ch, threadId: null }, body);
      const row = timelines.get(ch).pending.find((pending) => pending.body === body);
      if (row === undefined) throw new Error("What is sent is drawn at once, and was not.");
      return row.id;
    },
    ask: (event, payload) =>
      line.ask(event, payload).then(
        () => true,
        () => false,
      ),
    scroll: (ch) => conversation.load({ channelId: ch, threadId: null }, "older"),
    markRead: async (ch) => marks.mark(ch, channels.get().get(ch)?.lastSeq ?? 0),
    unsent: () => tracks.following().reduce((sum, ch) => sum + waiting(timelines.get(ch)), 0),
    states: () => tracks.following().map((ch) => stateOf(ch, timelines.get(ch))),
    close() {
      for (const stop of stops) stop();
      connection.close();
    },
  };
}

function waiting({ pending }: TimelineState): number {
  return pending.filter(({ failure }) => failure === null).length;
}
