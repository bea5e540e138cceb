import type { BODY_LIMIT } from "@/lib/messages/message.events";

/** The limit of message.events, by type: importing the value would bring zod into the browser. */
const LIMIT: typeof BODY_LIMIT = 16_000;

/** How many more characters (Unicode code points) a body may have; negative when it is too long. */
export function charactersLeft(body: string): number {
  return LIMIT - (body.length <= LIMIT / 2 ? body.length : [...body].length);
}
