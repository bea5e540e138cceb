import type { Apply, End, Entry, Final, Invoke, Item, Live } from "@/tests/convergence/history";

/** Made-up histories for trying the checker: by itself a story is faithful, and a test bends the lines that it wants bent. */
export class Story {
  readonly entries: Entry[] = [];
  t = 0;
  private n = 0;
  private readonly items = new Map<string, Item>();
  private readonly first: Record<string, string> = {};
  private readonly changes: Final["changes"] = [];
  private readonly cursors = new Map<string, number>();
  private version = 0;
  private lastSeq = 0;

  constructor(nodes = 1) {
    this.entries.push({ kind: "run", t: 0, run: "story", seed: 1, nodes, at: 0, patienceMs: 5_000 });
    for (const client of ["ada", "brook"]) {
      this.entries.push({ kind: "client", t: 0, client, account: client });
      this.step(client, "member");
    }
    for (const client of ["ada", "brook"]) {
      this.up(client);
      this.start(client);
    }
  }

  /** Time goes by. */
  pass(ms: number): this {
    this.t += ms;
    return this;
  }

  add<E extends Entry>(entry: E): E {
    this.t += 10;
    this.entries.push(Object.assign(entry, { t: this.t }));
    return entry;
  }

  /** Takes a line out again, the `nth` of its kind (-1: the last). */
  forget(isKind: (entry: Entry) => boolean, nth: number): void {
    const line = this.entries.filter(isKind).at(nth);
    if (line !== undefined) this.entries.splice(this.entries.indexOf(line), 1);
  }

  up(client: string, session = `${client}-session`, link = `${client}-link`): void {
    this.add({ kind: "link", t: 0, client, session, link, state: "up", epoch: "one" });
  }

  start(client: string): Apply {
    this.cursors.set(client, this.version);
    return this.add({
      kind: "apply",
      t: 0,
      client,
      ch: "general",
      what: "start",
      from: this.version,
      to: this.version,
    });
  }

  stop(client: string): void {
    this.cursors.delete(client);
    this.add({ kind: "apply", t: 0, client, ch: "general", what: "stop", from: 0, to: 0 });
  }

  ask(client: string, op: Invoke["op"], more: Partial<Invoke> = {}): Invoke {
    this.n += 1;
    const by = { client, account: client, session: `${client}-session`, link: `${client}-link` };
    return this.add({ kind: "invoke", t: 0, n: this.n, ...by, op, ch: "general", ...more });
  }

  answer({ n }: Invoke, kind: End["kind"], more: Partial<End> = {}): End {
    return this.add({ kind, t: 0, n, ...more });
  }

  /** Puts a message into the channel, without telling anybody. */
  store(author: string, id: string, more: Partial<Item> = {}): Item {
    this.version += 1;
    this.lastSeq += 1;
    this.first[id] = more.body ?? `says ${id}`;
    return this.put({
      id,
      ch: "general",
      seq: this.lastSeq,
      version: this.version,
      author,
      digest: "",
      body: `says ${id}`,
      deleted: false,
      reactions: [],
      canaries: [`canary-${id}`],
      stampedAt: this.t,
      ...more,
    });
  }

  /** Changes a stored message, without telling anybody. */
  change(id: string, more: Partial<Item>): Item {
    const item = this.items.get(id);
    if (item === undefined) throw new Error(`There is no message ${id}.`);
    this.version += 1;
    return this.put({ ...item, version: this.version, stampedAt: this.t, ...more });
  }

  private put(item: Item): Item {
    const whole = { ...item, digest: `${item.id} ${item.version} ${item.body} ${item.deleted} ${item.reactions}` };
    this.items.set(whole.id, whole);
    return whole;
  }

  /** Somebody comes or, with a null role, goes: the version of it. */
  step(account: string, role: string | null): number {
    this.version += 1;
    this.changes.push({ version: this.version, account, role });
    return this.version;
  }

  /** Tells a client the newest change, over the wire and into its state. */
  tell(client: string, item?: Item): { live: Live; apply: Apply } {
    const live = this.live(client, this.version - 1, this.version, item === undefined ? [] : [item]);
    return { live, apply: this.apply(client, this.version) };
  }

  live(client: string, from: number, to: number, items: Item[]): Live {
    const by = { client, session: `${client}-session`, link: `${client}-link` };
    return this.add({ kind: "live", t: 0, ...by, ch: "general", from, to, items, members: to - from - items.length });
  }

  apply(client: string, to: number): Apply {
    const from = this.cursors.get(client) ?? 0;
    this.cursors.set(client, to);
    return this.add({ kind: "apply", t: 0, client, ch: "general", what: "changes", from, to });
  }

  /** Sent, stored, acknowledged and heard by everybody. */
  say(author: string, id: string, more: Partial<Invoke> = {}): { invoke: Invoke; end: End; item: Item } {
    const invoke = this.ask(author, "send", { id, body: `says ${id}`, canary: `canary-${id}`, ...more });
    const item = this.store(author, id);
    const end = this.answer(invoke, "ok", { item });
    for (const client of this.cursors.keys()) this.tell(client, item);
    return { invoke, end, item };
  }

  /** Asked, done and heard by everybody. */
  alter(client: string, op: "edit" | "delete" | "react", id: string, asked: Partial<Invoke>, done: Partial<Item>) {
    const invoke = this.ask(client, op, { id, ...asked });
    const item = this.change(id, done);
    const end = this.answer(invoke, "ok", { item });
    for (const reader of this.cursors.keys()) this.tell(reader, item);
    return { invoke, end, item };
  }

  page(client: string, items = this.all(), version = this.version): { invoke: Invoke; end: End } {
    const invoke = this.ask(client, "page", { newest: true });
    return { invoke, end: this.answer(invoke, "ok", { sights: { general: { version, items: [...items] } } }) };
  }

  all(): Item[] {
    return [...this.items.values()].toSorted((a, b) => a.seq - b.seq);
  }

  at(): number {
    return this.version;
  }

  /** Heals, and writes down what stands in the end. */
  end(): { entries: Entry[]; fetched: Final; table: Final; states: Extract<Entry, { kind: "state" }>[] } {
    this.add({ kind: "healed", t: 0 });
    const members = new Set<string>();
    for (const { account, role } of this.changes)
      if (role === null) members.delete(account);
      else members.add(account);
    const final = (source: Final["source"]): Final => ({
      kind: "final",
      t: 0,
      source,
      ch: "general",
      epoch: "one",
      lastSeq: this.lastSeq,
      version: this.version,
      items: this.all(),
      members: [...members],
      changes: [...this.changes],
    });
    const fetched = this.add(final("fetch"));
    const table = this.add({ ...final("sql"), firstBodies: { ...this.first } });
    const states = [...this.cursors.keys()].map((client) =>
      this.add({
        kind: "state" as const,
        t: 0,
        client,
        ch: "general",
        version: this.cursors.get(client) ?? 0,
        items: this.all(),
        reachesEnd: true,
        unsent: [],
      }),
    );
    return { entries: this.entries, fetched, table, states };
  }
}
