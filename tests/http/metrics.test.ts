import { isFromThisMachine } from "@/lib/http/metrics";
import { newId } from "@/lib/shared/ids";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";
import { hungUp, openRawIn } from "@/tests/support/wire";

const TOKEN = "a token for the scraper";
let parley: Parley;
/** A second one without METRICS_TOKEN, which nobody has talked to. */
let quiet: Parley;
let ada: Person;
let peer: Peer;
let general: string;

beforeAll(async () => {
  parley = await startParley({ env: { METRICS_TOKEN: TOKEN, RATE_LIMITS: "off" } });
  quiet = await startParley();
  ada = await joinParley(parley.origin, "ada");
  general = (await ada.channel("general")).id;
  peer = await ada.connect();
});
afterAll(async () => {
  peer.close();
  await Promise.all([parley.stop(), quiet.stop()]);
  expect(parley.logs()).not.toMatch(/uncaught|unhandled|"level":[56]0/i);
});

const scrape = (headers: Record<string, string> = {}) => fetch(`${parley.origin}/metrics`, { headers });

/** The value of one series, as a scraper would read it; undefined where it is not there. */
async function read(series: string): Promise<number | undefined> {
  const lines = (await (await scrape()).text()).split("\n");
  const line = lines.find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length));
}

async function say(body: string): Promise<void> {
  expect(await peer.ask("message:send", { id: newId(), channelId: general, body })).toMatchObject({ ok: true });
}

describe("[V13.4.5] who may read the metrics", () => {
  it("is a program on the same machine", async () => {
    const response = await scrape();
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("text/plain; version=0.0.4");
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it.each(["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])(
    "is nobody whom a proxy on this machine let in (%s)",
    async (name) => {
      const response = await scrape({ [name]: "127.0.0.1" });
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain("parley_");
    },
  );

  it("is who knows METRICS_TOKEN, also behind a proxy", async () => {
    const through = { "x-forwarded-for": "192.0.2.7" };
    expect((await scrape({ ...through, authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    expect((await scrape({ ...through, authorization: `Bearer ${TOKEN}.` })).status).toBe(404);
    expect((await scrape({ ...through, authorization: `Bearer ${ada.token}` })).status).toBe(404);
  });

  it("is nobody by an empty token where METRICS_TOKEN is not set", async () => {
    const headers = { "x-forwarded-for": "192.0.2.7", authorization: "Bearer " };
    expect((await fetch(`${quiet.origin}/metrics`, { headers })).status).toBe(404);
  });

  it.each([
    ["127.0.0.1", true],
    ["127.8.9.1", true],
    ["::1", true],
    ["::ffff:127.0.0.1", true],
    ["10.0.0.5", false],
    ["192.0.2.7", false],
    ["::ffff:10.0.0.5", false],
    ["2001:db8::1", false],
    [undefined, false],
  ])("takes %s for this machine: %s", (remoteAddress, local) => {
    expect(isFromThisMachine({ headers: {}, socket: { remoteAddress } })).toBe(local);
  });
});

describe("the metrics", () => {
  it("are there before the first event", async () => {
    const text = await (await fetch(`${quiet.origin}/metrics`)).text();
    for (const line of [
      "parley_log_waiting_messages 0",
      "parley_log_batch_messages_count 0",
      "parley_log_commit_seconds_count 0",
      "parley_fanout_event_messages_count 0",
      "parley_connections 0",
      "parley_slow_readers_closed_total 0",
      "parley_sync_answers_total 0",
      "parley_database_waiting 0",
    ])
      expect(text.split("\n")).toContain(line);
  });

  it("tell of the process", async () => {
    expect(await read("process_resident_memory_bytes")).toBeGreaterThan(1e6);
    expect(await read("nodejs_heap_size_used_bytes")).toBeGreaterThan(1e6);
  });

  it("tell of the log: batches, the messages in them, and how long commits took", async () => {
    const [batches = 0, messages = 0] = [
      await read("parley_log_batch_messages_count"),
      await read("parley_log_batch_messages_sum"),
    ];
    await Promise.all(Array.from({ length: 40 }, (_, number) => say(`number ${number}`)));
    expect(await read("parley_log_batch_messages_sum")).toBe(messages + 40);
    const commits = (await read("parley_log_batch_messages_count")) ?? 0;
    expect(commits).toBeGreaterThan(batches);
    expect(commits).toBeLessThan(batches + 40);
    expect(await read("parley_log_commit_seconds_count")).toBe(commits);
    expect(await read("parley_log_commit_seconds_sum")).toBeGreaterThan(0);
    expect(await read("parley_log_waiting_messages")).toBe(0);
  });

  it("count what REST wrote too", async () => {
    const before = (await read("parley_log_batch_messages_sum")) ?? 0;
    await ada.rest("POST", `/channels/${general}/messages`, { id: newId(), body: "by REST" });
    expect(await read("parley_log_batch_messages_sum")).toBe(before + 1);
  });

  it("tell of the fan-out: events, and the messages merged into them", async () => {
    const before = (await read("parley_fanout_event_messages_sum")) ?? 0;
    await Promise.all(Array.from({ length: 40 }, (_, number) => say(`number ${number}`)));
    const { version } = await ada.channel("general");
    await peer.hears("channel:changes", ({ to }) => to === version);
    expect(await read("parley_fanout_event_messages_sum")).toBe(before + 40);
    const events = (await read("parley_fanout_event_messages_count")) ?? 0;
    expect(events).toBeGreaterThan(0);
    expect(events).toBeLessThan(before + 40);
  });

  it("tell of the connections", async () => {
    expect(await read("parley_connections")).toBe(1);
    const second = await ada.connect();
    expect(await read("parley_connections")).toBe(2);
    second.close();
  });

  it("tell of answers to sync, and of what they reset", async () => {
    const { version } = await ada.channel("general");
    await peer.ask("sync", { cursors: { [general]: version - 1 } });
    expect(await read("parley_sync_answers_total")).toBe(1);
    expect(await read('parley_sync_channels_total{caught_up_by="replay"}')).toBe(1);
    // A cursor that this life of the database never gave.
    await peer.ask("sync", { cursors: { [general]: version + 1_000 } });
    expect(await read("parley_sync_answers_total")).toBe(2);
    expect(await read('parley_sync_channels_total{caught_up_by="reset"}')).toBe(1);
  });

  it("tell of the connections to Postgres, and of who waits for one", async () => {
    expect(await read('parley_database_connections{state="idle"}')).toBeGreaterThan(0);
    const asked = Array.from({ length: 60 }, () => peer.ask("history", { channelId: general }));
    await peer.ask("history", { channelId: general, limit: 1 });
    expect(await read("parley_database_waiting")).toBeDefined();
    await Promise.all(asked);
    expect(await read("parley_database_waiting")).toBe(0);
    expect(await read('parley_database_connections{state="busy"}')).toBe(0);
  });

  it("tell of the event loop's delay", async () => {
    for (const quantile of [0.5, 0.9, 0.99, 1]) {
      expect(await read(`parley_event_loop_delay_seconds{quantile="${quantile}"}`)).toBeGreaterThanOrEqual(0);
    }
  });

  it("tell of closed slow readers", async () => {
    const stopped = await openRawIn(parley, ada.slug, ada.token);
    stopped.pause();
    await Promise.all(Array.from({ length: 50 }, () => say("x".repeat(8_000))));
    const page = JSON.stringify(["history", { channelId: general, limit: 50 }]);
    for (let asked = 0; asked < 200; asked += 1) stopped.send(`42/w/${ada.slug},${asked}${page}`);
    // It stays paused: only the server can end this.
    while ((await read("parley_slow_readers_closed_total")) === 0);
    expect(await read("parley_slow_readers_closed_total")).toBe(1);
    stopped.resume();
    await hungUp(stopped);
  });
});
