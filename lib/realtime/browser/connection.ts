import type { ServerToClient } from "@/lib/events";
import { Dialer } from "@/lib/realtime/browser/dialer";
import { Emitter } from "@/lib/realtime/browser/emitter";
import { type Change, Follower } from "@/lib/realtime/browser/resync";
import { type Page, watchLine } from "@/lib/realtime/browser/waking";
import {
  type Listeners,
  openWire,
  type Payload,
  type Request,
  request,
  type Success,
  type Wire,
} from "@/lib/realtime/browser/wire";
import { Refusal } from "@/lib/shared/errors";

/**
 * "connecting": never connected yet · "online": the server greeted us · "offline": lost, and trying again ·
 * "refused": the session is gone or may not enter; only a new log-in helps.
 */
export type ConnectionState = "connecting" | "online" | "offline" | "refused";

type Fact<E extends keyof ServerToClient> = Parameters<ServerToClient[E]>[0];
type Facts = { [E in keyof ServerToClient]: Fact<E> } & {
  state: ConnectionState;
  changes: Change;
  resynced: undefined;
  epoch: string;
};

/** One tab's line to a workspace. It opens at its first use, so that one made while rendering on the server stays shut. */
export interface Connection {
  /** Names the account and the workspace: what is kept on the device for them is kept under this. */
  readonly scope: string;
  /** The life of the database that is followed, as far as it is known. */
  epoch(): string | undefined;
  state: { get(): ConnectionState; subscribe(listener: () => void): () => void };
  /** Resolves with the answer; rejects with a Refusal, `unavailable` when none came in `timeoutMs` (10,000). */
  ask<E extends Request>(event: E, payload: Payload<E>, options?: { timeoutMs?: number }): Promise<Success<E>>;
  /** `channel:joined` and `channel:left` are told as well when only `sync` noticed them. */
  on<E extends keyof ServerToClient>(event: E, listener: (fact: Fact<E>) => void): () => void;
  /** Every change of any channel, in version order within a channel, each once (and again after `rewind`). */
  onChanges(listener: (change: Change) => void): () => void;
  /** After every (re)connection, when all that was missed has been told. */
  onResynced(listener: () => void): () => void;
  /** The database began another life: everything cached from it is void, what is not sent yet is kept. */
  onEpoch(listener: (epoch: string) => void): () => void;
  /** Says that the caller holds a channel as of a version, from where changes are told. */
  setCursor(channelId: string, version: number): void;
  /** Up to which version a channel's changes have been told. */
  cursorOf(channelId: string): number | undefined;
  /** Says that the caller holds channels as of earlier versions, kept from another visit: what changed since is told. */
  rewind(versions: Record<string, number>): void;
  dropChannel(channelId: string): void;
  close(): void;
}

interface Options {
  /** Where the server is; the page's own origin when absent. */
  origin?: string;
  slug: string;
  /** The epoch of what the page was rendered from. */
  epoch?: string;
  accountId: string;
  open?: (url: string, listeners: Listeners) => Wire;
  /** What tells of sleep and of the network; the browser's own when absent, and nothing on the server. */
  page?: Page | null;
}

const ASK_TIMEOUT_MS = 10_000;
/** A line in doubt that has not answered by then is given up. */
const PROBE_MS = 4_000;
const FINAL = new Set<unknown>(["unauthenticated", "forbidden", "not_found"]);

/** Whether a refused handshake says that trying again is of no use. */
function isFinal(data: unknown): boolean {
  return typeof data === "object" && data !== null && "code" in data && FINAL.has(data.code);
}

function browserPage(): Page | null {
  return typeof window === "undefined" ? null : { window, document };
}

export function createConnection(options: Options): Connection {
  const { origin = "", slug, epoch, accountId, open = openWire, page = browserPage() } = options;
  const facts = new Emitter<Facts>();
  let state: ConnectionState = "connecting";
  let life = epoch;
  let wire: Wire | null = null;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  let stopWatching: () => void = () => {};

  const dialer = new Dialer(() => wire);
  const follower = new Follower({
    sync: (cursors) => ask("sync", { cursors }),
    onChange: (change) => facts.emit("changes", change),
    onJoined: (channel) => facts.emit("channel:joined", { channel }),
    onLeft: (channelId) => facts.emit("channel:left", { channelId }),
    onResynced: () => facts.emit("resynced", undefined),
  });

  function become(next: ConnectionState): void {
    if (state === next) return;
    state = next;
    facts.emit("state", next);
  }

  function refuse(): void {
    dialer.stop();
    become("refused");
    wire?.disconnect();
  }

  function lose(): void {
    clearTimeout(deadline);
    follower.pause();
    if (wire === null || state === "refused") return;
    become("offline");
    dialer.later();
  }

  function greet({ epoch, account }: Fact<"hello">): void {
    if (account.id !== accountId) {
      refuse();
      return;
    }
    dialer.welcomed();
    if (life !== undefined && life !== epoch) {
      follower.dropAll();
      facts.emit("epoch", epoch);
    }
    life = epoch;
    become("online");
    void follower.catchUp();
  }

  function connectNow(): void {
    if (state !== "refused") dialer.now();
  }

  /** Finds out whether a line that may be dead still answers, by asking what was missed. */
  function probe(): void {
    if (wire?.connected !== true) connectNow();
    if (state !== "online") return;
    clearTimeout(deadline);
    deadline = setTimeout(() => {
      dialer.hangUp();
      connectNow();
    }, PROBE_MS);
    void follower.catchUp().then((answered) => {
      if (answered) clearTimeout(deadline);
    });
  }

  const listeners: Listeners = {
    disconnect: lose,
    connect_error: ({ data }) => (isFinal(data) ? refuse() : lose()),
    hello: greet,
    "channel:changes": (changes) => follower.receive(changes),
    "channel:heads": ({ versions }) => follower.heads(versions),
    "channel:joined": (fact) => {
      // Told first: what came ahead of it is told as soon as there is a cursor.
      facts.emit("channel:joined", fact);
      follower.setCursor(fact.channel.id, fact.channel.version);
    },
    "channel:left": (fact) => {
      follower.drop(fact.channelId);
      facts.emit("channel:left", fact);
    },
    "channel:updated": (fact) => facts.emit("channel:updated", fact),
    "channel:read": (fact) => facts.emit("channel:read", fact),
    "thread:standing": (fact) => facts.emit("thread:standing", fact),
    "channel:unread": (fact) => facts.emit("channel:unread", fact),
    "message:saved": (fact) => facts.emit("message:saved", fact),
    typing: (fact) => facts.emit("typing", fact),
    presence: (fact) => facts.emit("presence", fact),
    "member:updated": (fact) => facts.emit("member:updated", fact),
    "server:closing": (fact) => {
      dialer.leaveAlone(fact.reconnectInMs);
      facts.emit("server:closing", fact);
    },
  };

  function opened(): Wire {
    if (wire !== null) return wire;
    wire = open(`${origin}/w/${slug}`, listeners);
    if (page !== null) {
      stopWatching = watchLine({ cut: () => dialer.hangUp(), doubtful: probe, lookedAt: connectNow }, page);
    }
    wire.connect();
    return wire;
  }

  function listen<Name extends keyof Facts>(name: Name, listener: (fact: Facts[Name]) => void): () => void {
    opened();
    return facts.on(name, listener);
  }

  async function ask<E extends Request>(
    event: E,
    payload: Payload<E>,
    options: { timeoutMs?: number } = {},
  ): Promise<Success<E>> {
    if (state === "refused") throw new Refusal("unauthenticated", "You are logged out. Log in again to go on.");
    return request(opened(), event, payload, options.timeoutMs ?? ASK_TIMEOUT_MS);
  }

  return {
    scope: `${accountId}.${slug}`,
    epoch: () => life,
    state: { get: () => state, subscribe: (listener) => listen("state", listener) },
    ask,
    on: listen,
    onChanges: (listener) => listen("changes", listener),
    onResynced: (listener) => listen("resynced", listener),
    onEpoch: (listener) => listen("epoch", listener),
    setCursor: (channelId, version) => follower.setCursor(channelId, version),
    cursorOf: (channelId) => follower.cursorOf(channelId),
    rewind: (versions) => follower.rewind(versions),
    dropChannel: (channelId) => follower.drop(channelId),
    close() {
      dialer.stop();
      clearTimeout(deadline);
      stopWatching();
      follower.pause();
      const closing = wire;
      wire = null;
      if (state !== "refused") state = "connecting";
      closing?.disconnect();
    },
  };
}
