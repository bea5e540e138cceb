interface Waiting<Key, Value> {
  key: Key;
  answer: (value: Value) => void;
  fail: (error: unknown) => void;
}

/** Two, so that one whose connection hangs does not hold up all, and Postgres works on one while we read another. */
const MOST_IN_FLIGHT = 2;

/**
 * Many single questions of one kind, asked by one statement: what is asked while two are in flight goes with the
 * next, as in the group commit. When a server or a network comes back, hundreds ask the same at once, and a statement costs
 * more than what it asks for. No timer decides: a question that comes alone is asked at once.
 *
 * A statement begins after the questions that it carries were asked, so an answer is never older than its question.
 */
export class GroupStatement<Key, Value> {
  private readonly waiting: Waiting<Key, Value>[] = [];
  private inFlight = 0;

  /**
   * @param ask answers all keys, in their order
   * @param most keys of one statement, so that no answer is too long to be read in one go
   */
  constructor(
    private readonly ask: (keys: Key[]) => Promise<Value[]>,
    private readonly most = 100,
  ) {}

  /** @throws the database's error, as everybody of the same statement */
  of(key: Key): Promise<Value> {
    return new Promise((answer, fail) => {
      this.waiting.push({ key, answer, fail });
      if (this.inFlight < MOST_IN_FLIGHT) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.inFlight += 1;
    // Those who ask in the same turn of the event loop go together.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.most);
      try {
        const values = await this.ask(batch.map(({ key }) => key));
        batch.forEach(({ answer, fail }, index) => {
          const value = values[index];
          if (value === undefined) fail(new Error("The database answered fewer questions than it was asked."));
          else answer(value);
        });
      } catch (error) {
        for (const { fail } of batch) fail(error);
      }
    }
    this.inFlight -= 1;
  }
}
