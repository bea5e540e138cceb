import type { z } from "zod";
import type { ClientToServer } from "@/lib/events";
import type { ParleySocket } from "@/lib/realtime/io";
import { type ErrorBody, errorBody, type FieldError, isRefusal, Refusal } from "@/lib/shared/errors";
import { log } from "@/lib/shared/log";

type Event = keyof ClientToServer;
type AnswerOf<E extends Event> = Parameters<Parameters<ClientToServer[E]>[1]>[0];
type Success<E extends Event> = Omit<Extract<AnswerOf<E>, { ok: true }>, "ok">;

/** A request over the socket: its shape, and what answers it. */
export interface Handler<E extends Event = Event> {
  event: E;
  /**
   * Parses and acts. What must keep the order of arrival is done before the first await.
   * @throws Refusal
   */
  act: (socket: ParleySocket, payload: unknown) => Promise<Success<E>>;
}

/** Joins an event with the schema at its door and the act behind it. */
export function handler<E extends Event, Schema extends z.ZodType>(
  event: E,
  schema: Schema,
  act: (socket: ParleySocket, input: z.output<Schema>) => Promise<Success<E>>,
): Handler<E> {
  return { event, act: (socket, payload) => act(socket, parsed(schema, payload)) };
}

function parsed<Schema extends z.ZodType>(schema: Schema, payload: unknown): z.output<Schema> {
  const result = schema.safeParse(payload);
  if (result.success) return result.data;
  throw new Refusal("invalid", "The request does not have the right form.", { errors: fieldErrors(result.error) });
}

/** At most ten, so that a hostile payload cannot buy a long answer. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.slice(0, 10).map((issue) => ({ path: issue.path.join("."), message: issue.message }));
}

type Reply = { ok: true } | { ok: false; error: ErrorBody };

/** Requests of one socket that may be under way at a time: more would wait for the database in everybody's way. */
const MOST_UNANSWERED = 1_000;

/**
 * Binds a socket's requests to their handlers. Every request that asks for an acknowledgement gets exactly one;
 * an unknown event is `invalid`, one too many at a time is `rate_limited`.
 */
export function bindHandlers(socket: ParleySocket, handlers: ReadonlyMap<string, Handler>): void {
  let unanswered = 0;
  socket.use((packet, next) => {
    const [event, payload] = packet;
    const last = packet.at(-1);
    const acknowledge: (reply: Reply) => void = typeof last === "function" ? (reply) => last(reply) : () => undefined;
    if (unanswered >= MOST_UNANSWERED) return acknowledge({ ok: false, error: errorBody(tooManyAtOnce()) });
    unanswered += 1;
    answer(socket, event, handlers.get(event), typeof payload === "function" ? undefined : payload)
      .finally(() => {
        unanswered -= 1;
      })
      .then(acknowledge, next);
  });
}

function tooManyAtOnce(): Refusal {
  return new Refusal("rate_limited", "Too many requests at once. Wait for their answers first.", {
    retryAfterMs: 1_000,
  });
}

async function answer(
  socket: ParleySocket,
  event: string,
  known: Handler | undefined,
  payload: unknown,
): Promise<Reply> {
  try {
    if (known === undefined) throw new Refusal("invalid", "There is no such event; docs/protocol.md lists them.");
    return { ok: true, ...(await known.act(socket, payload)) };
  } catch (error) {
    if (!isRefusal(error))
      log().error({ err: error, socketId: socket.id, event: event.slice(0, 40) }, "a request failed");
    return { ok: false, error: errorBody(error) };
  }
}
