import { newId } from "@/lib/shared/ids";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";
import { visit } from "@/tests/support/visitor";

let parley: Parley;
let ada: Person;

beforeAll(async () => {
  parley = await startParley({ env: { LOG_LEVEL: "trace" } });
  ada = await joinParley(parley.origin, "ada");
});
afterAll(() => parley.stop());

interface Line {
  requestId?: string;
  method?: string;
  path?: string;
  status?: number;
  msg: string;
}

function lines(): Line[] {
  const whole = parley.logs().split("\n").slice(0, -1);
  return whole.filter((line) => line.startsWith("{")).map((line): Line => JSON.parse(line));
}

/** The line of an answer, once it is written. */
async function lineOf(response: Response): Promise<Line | undefined> {
  const requestId = response.headers.get("x-request-id") ?? "";
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  for (;;) {
    const found = lines().find((line) => line.requestId === requestId && line.status !== undefined);
    if (found !== undefined) return found;
    await new Promise(setImmediate);
  }
}

test("each answer names its request, and the log has a line of it", async () => {
  const { origin } = parley;
  expect(await lineOf(await fetch(`${origin}/api/v1/me`, { method: "GET" }))).toMatchObject({
    method: "GET",
    path: "/api/v1/me",
    status: 401,
  });
  expect(await lineOf(await fetch(`${origin}/login?next=/what-was-typed`))).toMatchObject({
    path: "/login",
    status: 200,
  });
  const own = await fetch(`${origin}/healthz`, { headers: { "x-request-id": "a-strangers-own" } });
  expect((await lineOf(own))?.requestId).not.toBe("a-strangers-own");
});

test("log-ins are in it, those that were refused too", async () => {
  const visitor = visit(parley.origin);
  await visitor.post("callback/credentials", { username: "ada", password: "not the one, surely" });
  await visitor.post("callback/credentials", { username: "ada", password: "a quiet harbour" });
  const told = lines().map(({ msg }) => msg);
  expect(told).toContain("a log-in was refused");
  expect(told).toContain("logged in");
});

test("no body, password, token, cookie or query is in it", async () => {
  const { id } = await ada.channel("general");
  await ada.rest("POST", `/channels/${id}/messages`, { id: newId(), body: "between the two of us" });
  const peer = await ada.connect();
  await peer.ask("message:send", { id: newId(), channelId: id, body: "and this as well" });
  await peer.askRaw("message:send", { id: "none", channelId: id, body: "nor what is refused" });
  peer.close();
  await lineOf(await fetch(`${parley.origin}/login?next=/what-was-typed`));
  const cookies = [...ada.visitor.cookies.values()];
  const secrets = ["between the two", "as well", "what is refused", "quiet harbour", "surely", "what-was-typed"];
  for (const secret of [...secrets, ada.token, ...cookies]) expect(parley.logs()).not.toContain(secret);
});
