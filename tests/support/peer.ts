import { io, type Socket } from "socket.io-client";
import type { AccountView } from "@/lib/auth/account.events";
import type { ChannelView } from "@/lib/channels/channel.events";
import type { WorkspaceShell } from "@/lib/channels/shell.events";
import type { ClientToServer, ServerToClient } from "@/lib/events";
import { member, type Visitor } from "@/tests/support/visitor";

type Event = keyof ClientToServer;
type Fact<E extends keyof ServerToClient> = Parameters<ServerToClient[E]>[0];
type AnswerOf<E extends Event> = Parameters<Parameters<ClientToServer[E]>[1]>[0];

/** One connection to a workspace, which remembers every fact that it was told. */
export interface Peer {
  socket: Socket;
  facts: { event: string; fact: unknown }[];
  /** Sends a request of the contract. */
  ask<E extends Event>(event: E, payload: Parameters<ClientToServer[E]>[0]): Promise<AnswerOf<E>>;
  /** Sends anything under any name. */
  askRaw(event: string, payload?: unknown): Promise<{ ok: boolean; error?: { code: string; errors?: unknown[] } }>;
  /** All facts of one kind so far. */
  told<E extends keyof ServerToClient>(event: E): Fact<E>[];
  /** The first fact, told already or yet to come, that fits. */
  hears<E extends keyof ServerToClient>(event: E, fits?: (fact: Fact<E>) => boolean): Promise<Fact<E>>;
  close(): void;
}

export type Credentials = { token: string } | { cookie: string; origin: string } | Record<string, never>;

/** Opens a connection without waiting for what becomes of it. */
export function dial(origin: string, namespace: string, credentials: Credentials): Socket {
  return io(`${origin}${namespace}`, {
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    auth: "token" in credentials ? { token: credentials.token } : {},
    extraHeaders: "cookie" in credentials ? { cookie: credentials.cookie, origin: credentials.origin } : {},
  });
}

/** Opens a connection and waits for `hello`. @throws the refusal's code */
export async function connect(origin: string, slug: string, credentials: Credentials): Promise<Peer> {
  const socket = dial(origin, `/w/${slug}`, credentials);
  const facts: Peer["facts"] = [];
  const waiting = new Set<() => void>();
  socket.onAny((event: string, fact: unknown) => {
    facts.push({ event, fact });
    for (const look of waiting) look();
  });
  // The wire carries what lib/events.ts says; that it does is what the tests are for.
  const told = <E extends keyof ServerToClient>(event: E) =>
    facts.flatMap((one) => (one.event === event ? [one.fact as Fact<E>] : []));
  const peer: Peer = {
    socket,
    facts,
    ask: (event, payload) => socket.timeout(20_000).emitWithAck(event, payload),
    askRaw: (event, ...payload) => socket.timeout(20_000).emitWithAck(event, ...payload),
    told,
    hears: (event, fits = () => true) =>
      new Promise((heard) => {
        const look = () => {
          const fact = told(event).find(fits);
          if (fact === undefined) return;
          waiting.delete(look);
          heard(fact);
        };
        waiting.add(look);
        look();
      }),
    close: () => socket.close(),
  };
  await new Promise<void>((connected, refused) => {
    socket.once("connect_error", (error: Error & { data?: { code?: string } }) => {
      socket.close();
      refused(new Error(error.data?.code ?? error.message));
    });
    socket.once("hello", () => connected());
  });
  return peer;
}

/** Why a connection is refused: the code, or the transport's message where it never got that far. */
export async function refusalOf(origin: string, namespace: string, credentials: Credentials): Promise<string> {
  const socket = dial(origin, namespace, credentials);
  return await new Promise((refused, welcome) => {
    socket.once("hello", () => welcome(new Error("the connection was welcomed")));
    socket.once("connect_error", (error: Error & { data?: { code?: string } }) =>
      refused(error.data?.code ?? error.message),
    );
  })
    .then(String)
    .finally(() => socket.close());
}

/** A person of the cast: signed up, with a token, in the workspace. */
export interface Person {
  account: AccountView;
  visitor: Visitor;
  token: string;
  slug: string;
  /** A call of the REST interface by token. */
  rest<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }>;
  shell(): Promise<WorkspaceShell>;
  channel(name: string): Promise<ChannelView>;
  connect(): Promise<Peer>;
}

/** Signs somebody up at a running Parley. */
export async function joinParley(origin: string, username: string): Promise<Person> {
  const visitor = await member(origin, username);
  const { body: me } = await visitor.call("GET", "/me");
  const { body } = await visitor.call("POST", "/tokens", { name: "tests" });
  const slug = me.workspaces[0]?.slug ?? "";
  const token = body.secret;
  const rest: Person["rest"] = async (method, path, sent) => {
    const response = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(sent === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    });
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text === "" ? "null" : text) };
  };
  const shell = async () => (await rest<WorkspaceShell>("GET", `/workspaces/${slug}`)).body;
  return {
    account: me.account,
    visitor,
    token,
    slug,
    rest,
    shell,
    channel: async (name) => {
      const found = (await shell()).channels.find((one) => one.name === name);
      if (found === undefined) throw new Error(`${username} sees no channel ${name}.`);
      return found;
    },
    connect: () => connect(origin, slug, { token }),
  };
}
