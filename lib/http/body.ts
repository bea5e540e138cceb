import type { z } from "zod";
import { checked } from "@/lib/http/checked";
import { Refusal } from "@/lib/shared/errors";

/** The most that a JSON body may weigh where a route says nothing else, in bytes. */
export const BODY_BYTES = 64 * 1024;

/**
 * The request's JSON body, checked by `schema`.
 *
 * @param maxBytes beyond it reading stops at once: a body that lies about its length costs no more
 * @throws Refusal `too_large`, or `invalid` for another content type, malformed JSON or a wrong shape
 */
export async function readBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  maxBytes: number,
): Promise<z.output<Schema>> {
  if (contentTypeOf(request) !== "application/json") throw new Refusal("invalid", "Send the body as application/json.");
  return checked(schema, parseJson(await readText(request, maxBytes)));
}

/** The body's media type, without parameters, in lower case. */
export function contentTypeOf(request: Request): string | undefined {
  return request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
}

/** @throws Refusal `invalid` */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("invalid", "The body is not well-formed JSON.");
  }
}

/**
 * The body as text, read no further than `maxBytes`.
 * @throws Refusal `too_large`; `invalid` for what is not UTF-8 or was cut off
 */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const reader = request.body?.getReader();
  const read = () =>
    reader?.read().catch(() => {
      throw new Refusal("invalid", "The body ended before it was complete.");
    });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let next = await read(); next !== undefined && !next.done; next = await read()) {
    size += next.value.byteLength;
    if (size > maxBytes) {
      await reader?.cancel();
      throw tooLarge(maxBytes);
    }
    chunks.push(next.value);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new Refusal("invalid", "The body is not well-formed UTF-8.");
  }
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal("too_large", `The body may weigh at most ${Math.floor(maxBytes / 1024)} KiB.`);
}
