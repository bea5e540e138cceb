import { io, type Socket } from "socket.io-client";
import { z } from "zod";
import type { Answer } from "@/lib/events";
import type { Payload, Request, Success } from "@/lib/realtime/browser/wire";
import type { Asker, Recorder } from "@/tests/convergence/run/recorder";
import { describeAnswer, describeRequest } from "@/tests/convergence/run/requests";
import { itemOf, messageSchema } from "@/tests/convergence/run/sighting";

const helloSchema = z.looseObject({ epoch: z.string() });
const changesSchema = z.looseObject({
  channelId: z.string(),
  from: z.int(),
  to: z.int(),
  messages: z.array(messageSchema),
  members: z.array(z.unknown()).optional(),
});
const headsSchema = z.looseObject({ versions: z.record(z.string(), z.int()) });

type Options = Parameters<typeof io>[1];

/** A Socket.IO socket that writes down every connection, request, answer and fact before its client hears of it. */
export class RecordedSocket {
  readonly socket: Socket;
  private link: string | null = null;
  private links = 0;

  constructor(
    url: string,
    options: Options,
    private readonly asker: Asker,
    private readonly recorder: Recorder,
    /** The longest that an answer is waited for. */
    private readonly patienceMs: number,
  ) {
    this.socket = io(url, { transports: ["websocket"], forceNew: true, ...options });
    this.socket.on("connect", () => {
      this.links += 1;
      this.link = `${asker.client}#${this.links}`;
    });
    this.socket.onAny((event: string, fact: unknown) => this.note(event, fact));
    this.socket.on("disconnect", () => {
      if (this.link !== null) recorder.write({ ...this.where(this.link), kind: "link", state: "down" });
      this.link = null;
    });
  }

  /** Sends a request. `done` gets what Socket.IO would give: an error when no answer came in time. */
  request<E extends Request>(
    event: E,
    payload: Payload<E>,
    timeoutMs: number,
    done: (error: Error | null, answer: Answer<Success<E>>) => void,
  ): void {
    const asked = describeRequest(event, payload, this.recorder, this.asker);
    const end = this.recorder.ask(this.asker, this.link, asked);
    const answered = (error: Error | null, answer: Answer<Success<E>>) => {
      end(error === null ? describeAnswer(asked, answer) : { kind: "info", code: "no answer" });
      done(error, answer);
    };
    this.socket.timeout(Math.min(timeoutMs, this.patienceMs)).emit(event, payload, answered);
  }

  private where(link: string): { client: string; session: string; link: string } {
    return { client: this.asker.client, session: this.asker.session, link };
  }

  private note(event: string, fact: unknown): void {
    const { recorder, link } = this;
    if (link === null) return;
    if (event === "hello")
      recorder.write({ ...this.where(link), kind: "link", state: "up", epoch: helloSchema.parse(fact).epoch });
    if (event === "channel:heads")
      recorder.write({ kind: "heads", client: this.asker.client, link, versions: headsSchema.parse(fact).versions });
    if (event !== "channel:changes") return;
    const { channelId, from, to, messages, members } = changesSchema.parse(fact);
    const items = messages.map(itemOf);
    for (const { id, ch } of items) recorder.place(id, ch);
    recorder.write({
      ...this.where(link),
      kind: "live",
      ch: channelId,
      from,
      to,
      items,
      members: members?.length ?? 0,
    });
  }
}
