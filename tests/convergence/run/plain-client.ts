import { setTimeout as wait } from "node:timers/promises";
import type { Answer } from "@/lib/events";
import type { ChannelChanges, MessagePage, SyncAnswer } from "@/lib/messages/message.events";
import type { Payload, Request, Success } from "@/lib/realtime/browser/wire";
import { newId } from "@/lib/shared/ids";
import type { Client } from "@/tests/convergence/run/client";
import { PlainChannel } from "@/tests/convergence/run/plain-channel";
import { restRequest } from "@/tests/convergence/run/recorded-rest";
import { RecordedSocket } from "@/tests/convergence/run/recorded-socket";
import type { Asker, Recorder } from "@/tests/convergence/run/recorder";
import { bodyHash, canariesIn, itemOf, messageSchema } from "@/tests/convergence/run/sighting";
import { Tracks } from "@/tests/convergence/run/tracks";
import type { Person } from "@/tests/support/peer";
import type { TcpProxy } from "@/tests/support/tcp-proxy";

interface Options {
  name: string;
  person: Person;
  /** The token that it comes in by, and what the history calls it. */
  token?: string;
  session?: string;
  proxy: TcpProxy;
  recorder: Recorder;
  patienceMs: number;
}

const MOST_TRIES = 12;
const PAGE = 200;

/**
 * Somebody else's client, written from docs/protocol.md alone: it applies, ignores or syncs as the page says, sends
 * without waiting for earlier answers, and resends under the same id, over the socket or over HTTP.
 */
export class PlainClient implements Client {
  readonly client: string;
  readonly account: string;
  readonly session: string;
  readonly person: Person;
  readonly proxy: TcpProxy;
  private readonly token: string;
  private readonly recorder: Recorder;
  private readonly patienceMs: number;
  private readonly wire: RecordedSocket;
  private readonly tracks: Tracks;
  private readonly channels = new Map<string, PlainChannel>();
  private readonly waiting: ChannelChanges[] = [];
  private level = false;
  private run = 0;
  private open = true;
  private underWay = 0;

  constructor({ name, person, token = person.token, session = `${name} token`, proxy, recorder, patienceMs }: Options) {
    this.client = name;
    this.account = person.account.id;
    this.session = session;
    this.person = person;
    this.proxy = proxy;
    this.token = token;
    this.recorder = recorder;
    this.patienceMs = patienceMs;
    recorder.write({ kind: "client", client: name, account: this.account });
    this.tracks = new Tracks(name, recorder);
    const asker: Asker = { client: name, account: this.account, session };
    const options = { auth: { token }, reconnectionDelay: 200, reconnectionDelayMax: 1_000, timeout: patienceMs };
    this.wire = new RecordedSocket(`${proxy.origin}/w/${person.slug}`, options, asker, recorder, patienceMs);
    const { socket } = this.wire;
    socket.on("hello", () => void this.catchUp());
    socket.on("disconnect", () => this.lose());
    socket.on("connect_error", () => void this.knockAgain());
    socket.on("channel:changes", (changes: ChannelChanges) => this.hear(changes));
    socket.on("channel:heads", ({ versions }: { versions: Record<string, number> }) => this.compare(versions));
    socket.on("channel:joined", ({ channel }: { channel: { id: string; version: number } }) => this.begin(channel));
    socket.on("channel:left", ({ channelId }: { channelId: string }) => this.leave(channelId));
  }

  following(): string[] {
    return this.tracks.following();
  }

  cursor(ch: string): number | null {
    return this.tracks.cursor(ch);
  }

  say(ch: string, body: string): string {
    const id = newId();
    void this.sendUntilAnswered(id, ch, body);
    return id;
  }

  ask<E extends Request>(event: E, payload: Payload<E>): Promise<boolean> {
    return this.request(event, payload).then((answer) => answer !== null);
  }

  async scroll(ch: string): Promise<void> {
    const first = this.channels.get(ch)?.run()[0]?.seq ?? 1;
    await this.request("history", { channelId: ch, limit: 50, before: first + 25 });
  }

  async markRead(ch: string): Promise<void> {
    await this.request("channel:read", { channelId: ch, seq: this.channels.get(ch)?.run().at(-1)?.seq ?? 0 });
  }

  unsent(): number {
    return this.underWay;
  }

  states(): ReturnType<Client["states"]> {
    return [...this.channels].map(([ch, channel]) => ({
      kind: "state",
      client: this.client,
      ch,
      version: channel.cursor,
      items: channel.run().map((message) => itemOf(messageSchema.parse(message))),
      reachesEnd: channel.opened,
      unsent: [],
    }));
  }

  close(): void {
    this.open = false;
    this.run += 1;
    this.wire.socket.disconnect();
  }

  private async sendUntilAnswered(id: string, ch: string, body: string): Promise<void> {
    this.underWay += 1;
    for (let attempt = 0; this.open && attempt < MOST_TRIES; attempt += 1) {
      // Every third repeat goes by the other door.
      if (attempt % 3 === 2 ? await this.post(id, ch, body) : await this.sendOnce(id, ch, body)) break;
      await wait(300);
    }
    this.underWay -= 1;
  }

  /** @returns whether it was answered for good */
  private sendOnce(id: string, channelId: string, body: string): Promise<boolean> {
    return new Promise((settled) => {
      this.wire.request("message:send", { id, channelId, body }, this.patienceMs, (error, answer) => {
        settled(error === null && (answer.ok || !["unavailable", "rate_limited"].includes(answer.error.code)));
      });
    });
  }

  private async post(id: string, ch: string, body: string): Promise<boolean> {
    const { proxy, recorder, patienceMs, token } = this;
    const [canary] = canariesIn(body);
    const asked = { op: "send" as const, ch, id, body: bodyHash(ch, body), ...(canary !== undefined && { canary }) };
    const call = { method: "POST", path: `/channels/${ch}/messages`, body: { id, body }, token };
    return await restRequest({ origin: proxy.origin, recorder, patienceMs }, this, asked, call);
  }

  /** The answer, or null where there was none or it was a refusal. */
  private request<E extends Request>(event: E, payload: Payload<E>): Promise<Success<E> | null> {
    return new Promise((settled) => {
      this.wire.request(event, payload, this.patienceMs, (error, answer: Answer<Success<E>>) =>
        settled(error === null && answer.ok ? answer : null),
      );
    });
  }

  /** Socket.IO tries again by itself where nobody answered, but not where it was refused. */
  private async knockAgain(): Promise<void> {
    const { socket } = this.wire;
    if (socket.active) return;
    await wait(500);
    if (this.open && !socket.active) socket.connect();
  }

  private lose(): void {
    this.level = false;
    this.run += 1;
    this.waiting.length = 0;
  }

  /** Asks what it missed until it is told, and then takes what came meanwhile. */
  private async catchUp(): Promise<void> {
    this.run += 1;
    const run = this.run;
    this.level = false;
    for (;;) {
      const cursors = Object.fromEntries([...this.channels].map(([ch, { cursor }]) => [ch, cursor]));
      const answer = await this.request("sync", { cursors });
      if (run !== this.run) return;
      if (answer !== null) {
        this.takeSync(answer);
        this.level = true;
        this.tracks.level();
        for (const changes of this.waiting.splice(0)) this.hear(changes);
        if (this.level) return;
      }
      await wait(300);
      if (run !== this.run) return;
    }
  }

  private takeSync({ channels, joined, left }: SyncAnswer): void {
    for (const ch of left) this.leave(ch);
    for (const channel of joined) this.begin(channel);
    for (const [ch, { version, messages, reset }] of Object.entries(channels)) {
      const channel = this.channels.get(ch);
      if (channel === undefined) continue;
      this.tracks.take(ch, channel.cursor, version, reset);
      if (reset) channel.reset(messages, version);
      else channel.put(messages);
      channel.cursor = version;
    }
    for (const [ch, channel] of this.channels) if (!channel.opened) void this.read(ch, channel);
  }

  private hear(changes: ChannelChanges): void {
    const channel = this.channels.get(changes.channelId);
    if (!this.level) {
      this.waiting.push(changes);
      return;
    }
    if (channel !== undefined && changes.to <= channel.cursor) return;
    if (channel === undefined || changes.from !== channel.cursor) {
      void this.catchUp();
      return;
    }
    this.tracks.take(changes.channelId, changes.from, changes.to, false);
    channel.put(changes.messages);
    channel.cursor = changes.to;
  }

  private compare(versions: Record<string, number>): void {
    const behind = Object.entries(versions).some(
      ([ch, version]) => version > (this.channels.get(ch)?.cursor ?? version),
    );
    if (behind && this.level) void this.catchUp();
  }

  private begin({ id, version }: { id: string; version: number }): void {
    if (this.channels.has(id)) return;
    this.tracks.start(id, version);
    const channel = new PlainChannel(version);
    this.channels.set(id, channel);
    void this.read(id, channel);
  }

  private async read(ch: string, channel: PlainChannel): Promise<void> {
    const { run } = this;
    // It may have left meanwhile, or come anew; an answer that was lost is asked for again.
    while (run === this.run && this.channels.get(ch) === channel && !channel.opened) {
      const page: MessagePage | null = await this.request("history", { channelId: ch, limit: PAGE });
      if (page === null) await wait(300);
      else if (this.channels.get(ch) === channel && !channel.opened) channel.open(page.messages);
    }
  }

  private leave(ch: string): void {
    this.tracks.stop(ch);
    this.channels.delete(ch);
  }
}
