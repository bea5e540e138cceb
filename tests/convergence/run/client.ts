import type { Payload, Request } from "@/lib/realtime/browser/wire";
import type { OfKind } from "@/tests/convergence/history";
import type { Asker } from "@/tests/convergence/run/recorder";
import type { Person } from "@/tests/support/peer";
import type { TcpProxy } from "@/tests/support/tcp-proxy";

/** Somebody's program, connected through a proxy of its own. */
export interface Client extends Asker {
  person: Person;
  proxy: TcpProxy;
  /** The channels that it follows now. */
  following(): string[];
  /** Up to which version it holds a channel. */
  cursor(ch: string): number | null;
  /** Sends a message and goes on sending it until it is answered for good. @returns its id, at once */
  say(ch: string, body: string): string;
  /** Asks once. @returns whether it was granted */
  ask<E extends Request>(event: E, payload: Payload<E>): Promise<boolean>;
  /** Reads a page of an earlier place, as somebody who scrolls. */
  scroll(ch: string): Promise<void>;
  /** Notes how far it has read. */
  markRead(ch: string): Promise<void>;
  /** How many messages it still has to send. */
  unsent(): number;
  /** What it holds of each channel. */
  states(): Omit<OfKind<"state">, "t">[];
  close(): void;
}
