import { z } from "zod";
import type { Payload, Request } from "@/lib/realtime/browser/wire";
import type { End, Invoke } from "@/tests/convergence/history";
import type { Asker, Recorder } from "@/tests/convergence/run/recorder";
import { bodyHash, canariesIn, itemOf, messageSchema, reactionOf } from "@/tests/convergence/run/sighting";

export type Asked = Omit<Invoke, "kind" | "t" | "n" | "client" | "account" | "session" | "link">;

const said = (ch: string, body: string) => {
  const [canary] = canariesIn(body);
  return { body: bodyHash(ch, body), ...(canary !== undefined && { canary }) };
};

/** How each request over a socket is written down. */
const ASKED: { [E in Request]: (payload: Payload<E>, recorder: Recorder, asker: Asker) => Asked } = {
  "message:send": ({ id, channelId, body }, recorder) => {
    recorder.place(id, channelId);
    return { op: "send", ch: channelId, id, ...said(channelId, body) };
  },
  "message:edit": ({ id, body }, recorder) => {
    const ch = recorder.placeOf(id) ?? "";
    return { op: "edit", ch, id, ...said(ch, body) };
  },
  "message:delete": ({ id }, recorder) => ({ op: "delete", ch: recorder.placeOf(id) ?? "", id }),
  "reaction:add": (payload, recorder, asker) => reacted(payload, true, recorder, asker),
  "reaction:remove": (payload, recorder, asker) => reacted(payload, false, recorder, asker),
  "message:pin": ({ id }, recorder) => ({ op: "pin", ch: recorder.placeOf(id) ?? "", id, put: true }),
  "message:unpin": ({ id }, recorder) => ({ op: "pin", ch: recorder.placeOf(id) ?? "", id, put: false }),
  "preview:remove": ({ messageId }, recorder) => ({
    op: "unpreview",
    ch: recorder.placeOf(messageId) ?? "",
    id: messageId,
  }),
  // What only its reader sees of a channel: no step of its version.
  "message:save": ({ id }, recorder) => ({ op: "read", ch: recorder.placeOf(id) ?? "" }),
  "message:unsave": ({ id }, recorder) => ({ op: "read", ch: recorder.placeOf(id) ?? "" }),
  "channel:unread": ({ channelId }) => ({ op: "read", ch: channelId }),
  "channel:read": ({ channelId }) => ({ op: "read", ch: channelId }),
  history: ({ channelId, before, after, around }) => ({
    op: "page",
    ch: channelId,
    newest: before === undefined && after === undefined && around === undefined,
  }),
  sync: ({ cursors }) => ({ op: "sync", cursors }),
  threads: () => ({ op: "read", ch: "" }),
  "thread:follow": ({ channelId }) => ({ op: "read", ch: channelId }),
  "thread:read": ({ channelId }) => ({ op: "read", ch: channelId }),
  "channel:open": ({ channelId }) => ({ op: "read", ch: channelId }),
  "channel:close": ({ channelId }) => ({ op: "read", ch: channelId }),
  typing: ({ channelId }) => ({ op: "read", ch: channelId }),
  "presence:set": () => ({ op: "read", ch: "" }),
};

function reacted(
  { messageId, emoji }: Payload<"reaction:add">,
  put: boolean,
  recorder: Recorder,
  { account }: Asker,
): Asked {
  const ch = recorder.placeOf(messageId) ?? "";
  return { op: "react", ch, id: messageId, reaction: reactionOf(emoji, account), put };
}

export function describeRequest<E extends Request>(
  event: E,
  payload: Payload<E>,
  recorder: Recorder,
  asker: Asker,
): Asked {
  return ASKED[event](payload, recorder, asker);
}

const answerSchema = z.discriminatedUnion("ok", [
  z.looseObject({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), error: z.looseObject({ code: z.string() }) }),
]);
const messagesSchema = z.array(messageSchema);
const pageSchema = z.looseObject({ version: z.int(), messages: messagesSchema });
const syncSchema = z.looseObject({
  channels: z.record(
    z.string(),
    z.object({
      version: z.int(),
      messages: messagesSchema,
      members: z.array(z.unknown()).optional(),
      reset: z.boolean(),
    }),
  ),
  left: z.array(z.string()),
});

/** After these nothing has happened. `unavailable` is not among them: nobody knows. */
const DEFINITE = new Set([
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "too_large",
  "invalid",
  "rate_limited",
]);

/** How an answer to a request is written down. */
export function describeAnswer(asked: Asked, answer: unknown): Omit<End, "t" | "n"> {
  const parsed = answerSchema.parse(answer);
  if (!parsed.ok) return describeRefusal(parsed.error.code);
  if (asked.op === "sync") return { kind: "ok", ...syncSights(answer) };
  if (asked.op === "page") return { kind: "ok", sights: { [asked.ch ?? ""]: pageSight(answer) } };
  return { kind: "ok", ...("message" in parsed && { item: itemOf(messageSchema.parse(parsed.message)) }) };
}

export function describeRefusal(code: string): Omit<End, "t" | "n"> {
  return { kind: DEFINITE.has(code) ? "fail" : "info", code };
}

function pageSight(answer: unknown) {
  const { version, messages } = pageSchema.parse(answer);
  return { version, items: messages.map(itemOf) };
}

function syncSights(answer: unknown) {
  const { channels, left } = syncSchema.parse(answer);
  const sights = Object.entries(channels).map(([ch, { version, messages, members, reset }]) => [
    ch,
    { version, items: messages.map(itemOf), members: members?.length ?? 0, reset },
  ]);
  return { sights: Object.fromEntries(sights), left };
}
