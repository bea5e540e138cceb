import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ChannelView } from "@/lib/channels/channel.events";
import { newId } from "@/lib/shared/ids";
import { createDatabase, type TestDatabase } from "@/tests/support/database";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";
import { visit } from "@/tests/support/visitor";

/**
 * [F39] Who may do what: every REST call and every socket event, for every role, with the exact answer. A route or
 * event that is missing here fails the test.
 */
const ROLES = ["anonymous", "outsider", "exMember", "guest", "member", "admin", "owner"] as const;
type Role = (typeof ROLES)[number];

interface Stage {
  channelId: string;
  privateId: string;
  slug: string;
  memberId: string;
}
interface Call {
  path: (stage: Stage) => string;
  body?: (stage: Stage) => unknown;
  /** One status for each of ROLES. */
  expect: Record<Role, number>;
}

const all = (status: number, anonymous = 401): Record<Role, number> => ({
  anonymous,
  outsider: status,
  exMember: status,
  guest: status,
  member: status,
  admin: status,
  owner: status,
});
/** For what lies in the workspace: hidden from those outside it. */
const inWorkspace = (more: Partial<Record<Role, number>> = {}) => ({ ...all(200), outsider: 404, ...more });
/** For what lies in a channel: hidden from those who are not in it. */
const inChannel = (more: Partial<Record<Role, number>> = {}) => ({
  ...all(200),
  outsider: 404,
  exMember: 404,
  ...more,
});

const nobody = newId();
const CALLS: Record<string, Call> = {
  "POST /accounts": {
    path: () => "/accounts",
    body: () => ({
      username: `new.${Math.random().toString(36).slice(2, 10).replaceAll(/[01]/g, "x")}`,
      password: "a quiet harbour",
    }),
    expect: all(201, 201),
  },
  "GET /me": { path: () => "/me", expect: all(200) },
  "PATCH /me": { path: () => "/me", body: () => ({ displayName: "Somebody New" }), expect: all(200) },
  "POST /me/upgrade": {
    path: () => "/me/upgrade",
    body: () => ({ username: "x", password: "short" }),
    expect: all(422),
  },
  "GET /sessions": { path: () => "/sessions", expect: all(200) },
  "DELETE /sessions/[id]": { path: () => `/sessions/${nobody}`, expect: all(404) },
  "GET /tokens": { path: () => "/tokens", expect: all(200) },
  "POST /tokens": { path: () => "/tokens", body: () => ({ name: "matrix" }), expect: all(201) },
  "DELETE /tokens/[id]": { path: () => `/tokens/${nobody}`, expect: all(404) },
  "GET /workspaces/[slug]": { path: ({ slug }) => `/workspaces/${slug}`, expect: inWorkspace() },
  "POST /workspaces/[slug]/channels": {
    path: ({ slug }) => `/workspaces/${slug}/channels`,
    body: () => ({ name: `made ${newId()}` }),
    expect: { ...all(201), outsider: 404, guest: 403 },
  },
  "PATCH /channels/[channelId]": {
    path: ({ channelId }) => `/channels/${channelId}`,
    body: () => ({ topic: "matrix" }),
    expect: inChannel({ guest: 403 }),
  },
  "POST /channels/[channelId]/members": {
    path: ({ privateId }) => `/channels/${privateId}/members`,
    body: () => ({}),
    expect: inChannel(),
  },
  "DELETE /channels/[channelId]/members/[accountId]": {
    path: ({ channelId }) => `/channels/${channelId}/members/${nobody}`,
    expect: { anonymous: 401, outsider: 404, exMember: 404, guest: 403, member: 403, admin: 204, owner: 204 },
  },
  "GET /channels/[channelId]/messages": {
    path: ({ channelId }) => `/channels/${channelId}/messages`,
    expect: inChannel(),
  },
  "POST /channels/[channelId]/messages": {
    path: ({ channelId }) => `/channels/${channelId}/messages`,
    body: () => ({ id: newId(), body: "matrix" }),
    expect: inChannel({ guest: 201, member: 201, admin: 201, owner: 201 }),
  },
};

const EVENTS: Record<string, { payload: (stage: Stage) => unknown; expect: Partial<Record<Role, string>> }> = {
  "message:send": {
    payload: ({ channelId }) => ({ id: newId(), channelId, body: "matrix" }),
    expect: { exMember: "not_found" },
  },
  history: { payload: ({ channelId }) => ({ channelId }), expect: { exMember: "not_found" } },
  "channel:read": { payload: ({ channelId }) => ({ channelId, seq: 0 }), expect: { exMember: "not_found" } },
  sync: { payload: () => ({ cursors: {} }), expect: {} },
};

let database: TestDatabase;
let parley: Parley;
let stage: Stage;
const people = new Map<Role, { token: string; person: Person | null }>();

beforeAll(async () => {
  database = await createDatabase();
  parley = await startParley({ databaseUrl: database.url, env: { RATE_LIMITS: "off" } });
  const join = (name: string) => joinParley(parley.origin, name);
  const [owner, admin, member, exMember, outsider] = [
    await join("owner"),
    await join("admin"),
    await join("member"),
    await join("exmember"),
    await join("outsider"),
  ];
  const guest = visit(parley.origin);
  await guest.post("callback/guest", { nickname: "Visitor" });
  const guestId = (await guest.call("GET", "/me")).body.account.id;
  const guestToken = (await guest.call("POST", "/tokens", { name: "tests" })).body.secret;
  await database.pool.query("UPDATE members SET role = 'admin' WHERE account_id = $1", [admin.account.id]);
  await database.pool.query("DELETE FROM channel_members WHERE account_id = $1", [outsider.account.id]);
  await database.pool.query("DELETE FROM members WHERE account_id = $1", [outsider.account.id]);

  const make = async (name: string, secret: boolean) => {
    const { body } = await owner.rest<{ channel: ChannelView }>("POST", `/workspaces/${owner.slug}/channels`, {
      name,
      private: secret,
    });
    const accountIds = [admin.account.id, member.account.id, exMember.account.id, guestId];
    await owner.rest("POST", `/channels/${body.channel.id}/members`, { accountIds });
    await exMember.rest("DELETE", `/channels/${body.channel.id}/members/${exMember.account.id}`);
    return body.channel.id;
  };
  stage = {
    slug: owner.slug,
    channelId: await make("stage", false),
    privateId: await make("backstage", true),
    memberId: member.account.id,
  };
  for (const [role, person] of Object.entries({ owner, admin, member, exMember, outsider })) {
    const known = ROLES.find((one) => one === role);
    if (known !== undefined) people.set(known, { token: person.token, person });
  }
  people.set("guest", { token: guestToken, person: null });
});
afterAll(async () => {
  await parley.stop();
  await database.drop();
});

describe("the table", () => {
  it("has a row for every REST route that exists", () => {
    expect(routesOf(join(__dirname, "../../app/api/v1"), "").sort()).toEqual(Object.keys(CALLS).sort());
  });

  it("has a row for every socket event that is handled", () => {
    const handlers = ["messages/message", "channels/channel"].flatMap((noun) =>
      [
        ...readFileSync(join(__dirname, `../../lib/${noun}.handlers.ts`), "utf8").matchAll(/handler\(\s*"([^"]+)"/g),
      ].map(([, event]) => event),
    );
    expect(handlers.sort()).toEqual(Object.keys(EVENTS).sort());
  });
});

function routesOf(folder: string, path: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return routesOf(join(folder, entry.name), `${path}/${entry.name}`);
    const text = readFileSync(join(folder, entry.name), "utf8");
    return [...text.matchAll(/export const (GET|POST|PUT|PATCH|DELETE)\b/g)].map(([, method]) => `${method} ${path}`);
  });
}

describe.each(ROLES)("[F39] as %s", (role) => {
  it.each(Object.keys(CALLS))("%s", async (name) => {
    const call = CALLS[name];
    if (call === undefined) throw new Error(name);
    const token = people.get(role)?.token;
    const response = await fetch(`${parley.origin}/api/v1${call.path(stage)}`, {
      method: name.split(" ")[0] ?? "GET",
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(call.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body(stage)) }),
    });
    expect(`${response.status} ${response.status >= 400 ? (await response.json()).code : ""}`).toMatch(
      new RegExp(`^${call.expect[role]} ${CODE_OF[call.expect[role]] ?? ""}$`),
    );
  });

  if (role !== "anonymous" && role !== "outsider" && role !== "guest") {
    it.each(Object.keys(EVENTS))("%s over a socket", async (event) => {
      const peer: Peer | undefined = await people.get(role)?.person?.connect();
      const answer = await peer?.askRaw(event, EVENTS[event]?.payload(stage));
      expect(answer?.error?.code ?? "ok").toBe(EVENTS[event]?.expect[role] ?? "ok");
      peer?.close();
    });
  }
});

const CODE_OF: Record<number, string> = { 401: "unauthenticated", 403: "forbidden", 404: "not_found", 422: "invalid" };
