import type { ServerToClient } from "@/lib/events";
import { backoff } from "@/lib/realtime/browser/backoff";
import { Emitter } from "@/lib/realtime/browser/emitter";
import { type Change, Follower } from "@/lib/realtime/browser/resync";
import {
  type Listeners,
  openWire,
  type Payload,
  type Request,
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
  state: { get(): ConnectionState; subscribe(listener: () => void): () => void };
  /** Resolves with the answer; rejects with a Refusal, `unavailable` when none came in `timeoutMs` (10,000). */
  ask<E extends Request>(event: E, payload: Payload<E>, options?: { timeoutMs?: number }): Promise<Success<E>>;
  /** `channel:joined` and `channel:left` are told as well when only `sync` noticed them. */
  on<E extends keyof ServerToClient>(event: E, listener: (fact: Fact<E>) => void): () => void;
  /** Every change of any channel, in version order within a channel, each once. */
  onChanges(listener: (change: Change) => void): () => void;
  /** After every (re)connection, when all that was missed has been told. */
  onResynced(listener: () => void): () => void;
  /** The database began another life: everything cached from it is void, what is not sent yet is kept. */
  onEpoch(listener: (epoch: string) => void): () => void;
  /** Says that the caller holds a channel as of a version, from where changes are told. */
  setCursor(channelId: string, version: number): void;
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
}

const ASK_TIMEOUT_MS = 10_000;
const FINAL = new Set<unknown>(["unauthenticated", "forbidden", "not_found"]);

const NO_ANSWER = "Parley did not answer in time. Check your connection and try again.";

/** Whether a refused handshake says that trying again is of no use. */
function isFinal(data: unknown): boolean {
  return typeof data === "object" && data !== null && "code" in data && FINAL.has(data.code);
}

export function createConnection({ origin = "", slug, epoch, accountId, open = openWire }: Options): Connection {
  const facts = new Emitter<Facts>();
  let state: ConnectionState = "connecting";
  let life = epoch;
  let wire: Wire | null = null;
  let attempt = 0;
  let reconnectInMs: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

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

  function tryAgain(): void {
    clearTimeout(timer);
    const delay = reconnectInMs === null ? backoff(attempt) : reconnectInMs * (1 + Math.random());
    attempt += 1;
    reconnectInMs = null;
    timer = setTimeout(() => wire?.connect(), delay);
  }

  function refuse(): void {
    clearTimeout(timer);
    become("refused");
    wire?.disconnect();
  }

  function lose(): void {
    follower.pause();
    if (wire === null || state === "refused") return;
    become("offline");
    tryAgain();
  }

  function greet({ epoch, account }: Fact<"hello">): void {
    if (account.id !== accountId) {
      refuse();
      return;
    }
    attempt = 0;
    if (life !== undefined && life !== epoch) {
      follower.dropAll();
      facts.emit("epoch", epoch);
    }
    life = epoch;
    become("online");
    void follower.catchUp();
  }

  function connectNow(): void {
    if (wire === null || wire.connected || state === "refused") return;
    clearTimeout(timer);
    wire.connect();
  }

  const listeners: Listeners = {
    disconnect: lose,
    connect_error: ({ data }) => (isFinal(data) ? refuse() : lose()),
    hello: greet,
    "channel:changes": (changes) => follower.receive(changes),
    "channel:heads": ({ versions }) => follower.heads(versions),
    "channel:joined": (fact) => {
      follower.setCursor(fact.channel.id, fact.channel.version);
      facts.emit("channel:joined", fact);
    },
    "channel:left": (fact) => {
      follower.drop(fact.channelId);
      facts.emit("channel:left", fact);
    },
    "channel:updated": (fact) => facts.emit("channel:updated", fact),
    "channel:read": (fact) => facts.emit("channel:read", fact),
    presence: (fact) => facts.emit("presence", fact),
    "member:updated": (fact) => facts.emit("member:updated", fact),
    "server:closing": (fact) => {
      reconnectInMs = fact.reconnectInMs;
      facts.emit("server:closing", fact);
    },
  };

  function opened(): Wire {
    if (wire !== null) return wire;
    wire = open(`${origin}/w/${slug}`, listeners);
    if (typeof window !== "undefined") window.addEventListener("online", connectNow);
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
    const line = opened().timeout(options.timeoutMs ?? ASK_TIMEOUT_MS);
    return new Promise((resolve, reject) => {
      line.emit(event, payload, (error, answer) => {
        if (error !== null) return reject(new Refusal("unavailable", NO_ANSWER));
        if (!answer.ok) return reject(new Refusal(answer.error.code, answer.error.message, answer.error));
        resolve(answer);
      });
    });
  }

  return {
    scope: `${accountId}.${slug}`,
    state: { get: () => state, subscribe: (listener) => listen("state", listener) },
    ask,
    on: listen,
    onChanges: (listener) => listen("changes", listener),
    onResynced: (listener) => listen("resynced", listener),
    onEpoch: (listener) => listen("epoch", listener),
    setCursor: (channelId, version) => follower.setCursor(channelId, version),
    dropChannel: (channelId) => follower.drop(channelId),
    close() {
      clearTimeout(timer);
      follower.pause();
      const closing = wire;
      wire = null;
      if (state !== "refused") state = "connecting";
      if (typeof window !== "undefined") window.removeEventListener("online", connectNow);
      closing?.disconnect();
    },
  };
}
