import type { End, Entry, Invoke } from "@/tests/convergence/history";

type WithoutTime<E> = E extends Entry ? Omit<E, "t"> : never;

/** Who asks, and by what right. */
export interface Asker {
  client: string;
  account: string;
  session: string;
}

/** Writes down what happens, in the order in which it does, all clients by one clock. */
export class Recorder {
  readonly entries: Entry[] = [];
  private requests = 0;
  private due = 0;
  private readonly channels = new Map<string, string>();

  now(): number {
    return performance.now();
  }

  write(entry: WithoutTime<Entry>): void {
    this.entries.push({ ...entry, t: this.now() });
  }

  /** Writes that something is asked for. @returns what to call with how it ended */
  ask(
    { client, account, session }: Asker,
    link: string | null,
    asked: Omit<Invoke, "kind" | "t" | "n" | "client" | "account" | "session" | "link">,
  ): (end: Omit<End, "t" | "n">) => void {
    this.requests += 1;
    const n = this.requests;
    this.due += 1;
    this.write({ kind: "invoke", n, client, account, session, link, ...asked });
    return (end) => {
      this.due -= 1;
      this.write({ ...end, n });
    };
  }

  /** How many requests have not ended. */
  unanswered(): number {
    return this.due;
  }

  /** Remembers where a message stands: edits and reactions name only the message. */
  place(id: string, ch: string): void {
    this.channels.set(id, ch);
  }

  placeOf(id: string): string | undefined {
    return this.channels.get(id);
  }
}
