import { z } from "zod";
import type { Asker, Recorder } from "@/tests/convergence/run/recorder";
import { type Asked, describeRefusal } from "@/tests/convergence/run/requests";
import { itemOf, messageSchema } from "@/tests/convergence/run/sighting";

const problemSchema = z.looseObject({ code: z.string() });
const messageAnswerSchema = z.looseObject({ message: messageSchema });

interface Call {
  method: string;
  path: string;
  body?: object;
  token: string;
}

/** Asks the REST interface at an address and writes down what comes of it. @returns whether it was granted */
export async function restRequest(
  at: { origin: string; recorder: Recorder; patienceMs: number },
  asker: Asker,
  asked: Asked,
  { method, path, body, token }: Call,
): Promise<boolean> {
  const end = at.recorder.ask(asker, null, asked);
  try {
    const response = await fetch(`${at.origin}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(at.patienceMs),
    });
    const text = await response.text();
    const answer: unknown = JSON.parse(text === "" ? "null" : text);
    if (!response.ok) end(describeRefusal(problemSchema.parse(answer).code));
    else if (asked.op === "send") end({ kind: "ok", item: itemOf(messageAnswerSchema.parse(answer).message) });
    else end({ kind: "ok" });
    return response.ok;
  } catch (error) {
    // No answer, half an answer, or one that is not the product's own: what became of the request is not known.
    end({ kind: "info", code: error instanceof Error ? error.name : "unknown" });
    return false;
  }
}
