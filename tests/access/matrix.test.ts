import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ChannelView } from "@/lib/channels/channel.events";
import { newId } from "@/lib/shared/ids";
import { createDatabase, type TestDatabase } from "@/tests/support/database";
import { connect, joinParley, refusalOf } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";
import { visit } from "@/tests/support/visitor";

/**
 * Who may do what: every REST call and every socket event, for every role, with the exact answer. A route or an event
 * that has no row here fails the test. What one may not see is 404, never 403.
 */
const ROLES = ["anonymous", "outsider", "exMember", "guest", "member", "admin", "owner"] as const;
type Role = (typeof ROLES)[number];
type Verdicts = Record<Role, number>;

/** What the calls are about: a public and a private channel that all but the first three roles are in. */
interface Stage {
  slug: string;
  publicId: string;
  privateId: string;
  /** The conversation of the owner and the member alone. */
  directId: string;
  /** Messages of the owner: one in the public channel that stays, one in the private channel that is deleted. */
  ownersId: string;
  ownersDoomedId: string;
  /** Messages of each role's own in the private channel: one that stays, one that is deleted. */
  own: (role: Role) => { id: string; doomedId: string };
  /** A session and a token of somebody who plays no role. */
  sessionId: string;
  tokenId: string;
  /** Somebody who plays no role, and whose role is changed. */
  bystanderId: string;
}

interface Row {
  path: (stage: Stage, role: Role) => string;
  body?: (stage: Stage) => object;
  expect: Verdicts;
}

/** Everybody who is logged in gets one answer. */
const everyone = (status: number, anonymous = 401): Verdicts => ({
  anonymous,
  outsider: status,
  exMember: status,
  guest: status,
  member: status,
  admin: status,
  owner: status,
});
/** The workspace is hidden from those outside it. */
const inWorkspace = (status: number, more: Partial<Verdicts> = {}): Verdicts => ({
  ...everyone(status),
  outsider: 404,
  ...more,
});
/** The channel is hidden from those who are not in it. */
const inChannel = (status: number, more: Partial<Verdicts> = {}): Verdicts => ({
  ...inWorkspace(status),
  exMember: 404,
  ...more,
});

/** The conversation is hidden from everybody but the owner and the member. */
const inDirect = (status: number): Verdicts => ({ ...everyone(404), member: status, owner: status });
const NOT_IN_DIRECT = { guest: "not_found", admin: "not_found" };

const PASSWORD = "a quiet harbour";
const NOBODY = newId();
const letters = () => Array.from({ length: 12 }, () => "abcdefghjk"[Math.floor(Math.random() * 10)]).join("");

const CALLS: Record<string, Row[]> = {
  "POST /accounts": [
    { path: () => "/accounts", body: () => ({ username: letters(), password: PASSWORD }), expect: everyone(201, 201) },
  ],
  "GET /me": [{ path: () => "/me", expect: everyone(200) }],
  "PATCH /me": [{ path: () => "/me", body: () => ({ displayName: "Somebody New" }), expect: everyone(200) }],
  "POST /me/upgrade": [
    // The name is taken, so that the guest stays one.
    {
      path: () => "/me/upgrade",
      body: () => ({ username: "owner", password: PASSWORD }),
      expect: { ...everyone(403), guest: 409 },
    },
  ],
  "GET /sessions": [{ path: () => "/sessions", expect: everyone(200) }],
  "DELETE /sessions/[id]": [
    { path: ({ sessionId }) => `/sessions/${sessionId}`, expect: everyone(404) },
    { path: () => `/sessions/${NOBODY}`, expect: everyone(404) },
  ],
  "GET /tokens": [{ path: () => "/tokens", expect: everyone(200) }],
  "POST /tokens": [{ path: () => "/tokens", body: () => ({ name: "matrix" }), expect: everyone(201) }],
  "DELETE /tokens/[id]": [
    { path: ({ tokenId }) => `/tokens/${tokenId}`, expect: everyone(404) },
    { path: () => `/tokens/${NOBODY}`, expect: everyone(404) },
  ],
  "GET /workspaces/[slug]": [
    { path: ({ slug }) => `/workspaces/${slug}`, expect: inWorkspace(200) },
    { path: () => "/workspaces/elsewhere", expect: everyone(404) },
  ],
  "PATCH /workspaces/[slug]": [
    {
      path: ({ slug }) => `/workspaces/${slug}`,
      body: () => ({ guestsAllowed: true }),
      expect: inWorkspace(200, { guest: 403, member: 403, exMember: 403 }),
    },
    {
      path: ({ slug }) => `/workspaces/${slug}`,
      body: () => ({ linkPreviews: false }),
      expect: inWorkspace(200, { guest: 403, member: 403, exMember: 403 }),
    },
    { path: () => "/workspaces/elsewhere", body: () => ({ guestsAllowed: true }), expect: everyone(404) },
  ],
  "POST /workspaces/[slug]/channels": [
    {
      path: ({ slug }) => `/workspaces/${slug}/channels`,
      body: () => ({ name: letters() }),
      expect: inWorkspace(201, { guest: 403 }),
    },
    { path: () => "/workspaces/elsewhere/channels", body: () => ({ name: letters() }), expect: everyone(404) },
  ],
  "PATCH /channels/[channelId]": [
    { path: ({ directId }) => `/channels/${directId}`, body: () => ({ name: "ours" }), expect: inDirect(403) },
    {
      path: ({ publicId }) => `/channels/${publicId}`,
      body: () => ({ topic: "matrix" }),
      expect: inChannel(200, { guest: 403 }),
    },
    {
      path: ({ privateId }) => `/channels/${privateId}`,
      body: () => ({ topic: "matrix" }),
      expect: inChannel(200, { guest: 403 }),
    },
    { path: () => `/channels/${NOBODY}`, body: () => ({ topic: "matrix" }), expect: everyone(404) },
    {
      path: ({ publicId }) => `/channels/${publicId}`,
      body: () => ({ posting: "all" }),
      expect: inChannel(403, { owner: 200, admin: 200 }),
    },
  ],
  "GET /channels/[channelId]/members": [
    { path: ({ directId }) => `/channels/${directId}/members`, expect: inDirect(200) },
    { path: ({ publicId }) => `/channels/${publicId}/members`, expect: inChannel(200) },
    { path: ({ privateId }) => `/channels/${privateId}/members`, expect: inChannel(200) },
    { path: () => `/channels/${NOBODY}/members`, expect: everyone(404) },
  ],
  "POST /channels/[channelId]/members": [
    {
      path: ({ directId }) => `/channels/${directId}/members`,
      body: () => ({ accountIds: [NOBODY] }),
      expect: inDirect(403),
    },
    { path: ({ privateId }) => `/channels/${privateId}/members`, body: () => ({}), expect: inChannel(200) },
    // Adding somebody who is no member of the workspace is refused after everything else.
    {
      path: ({ privateId }) => `/channels/${privateId}/members`,
      body: () => ({ accountIds: [NOBODY] }),
      expect: inChannel(422, { guest: 403 }),
    },
    { path: () => `/channels/${NOBODY}/members`, body: () => ({}), expect: everyone(404) },
  ],
  "DELETE /channels/[channelId]/members/[accountId]": [
    { path: ({ directId }) => `/channels/${directId}/members/${NOBODY}`, expect: inDirect(403) },
    {
      path: ({ publicId }) => `/channels/${publicId}/members/${NOBODY}`,
      expect: inChannel(204, { guest: 403, member: 403 }),
    },
    {
      path: ({ privateId }) => `/channels/${privateId}/members/${NOBODY}`,
      expect: inChannel(204, { guest: 403, member: 403 }),
    },
  ],
  "GET /channels/[channelId]/messages": [
    { path: ({ directId }) => `/channels/${directId}/messages`, expect: inDirect(200) },
    { path: ({ publicId }) => `/channels/${publicId}/messages`, expect: inChannel(200) },
    { path: ({ privateId }) => `/channels/${privateId}/messages`, expect: inChannel(200) },
    { path: () => `/channels/${NOBODY}/messages`, expect: everyone(404) },
  ],
  "POST /channels/[channelId]/messages": [
    {
      path: ({ directId }) => `/channels/${directId}/messages`,
      body: () => ({ id: newId(), body: "matrix" }),
      expect: inDirect(201),
    },
    {
      path: ({ publicId }) => `/channels/${publicId}/messages`,
      body: () => ({ id: newId(), body: "matrix" }),
      expect: inChannel(201),
    },
    {
      path: ({ privateId }) => `/channels/${privateId}/messages`,
      body: () => ({ id: newId(), body: "matrix" }),
      expect: inChannel(201),
    },
  ],
  "PATCH /channels/[channelId]/messages/[messageId]": [
    {
      path: ({ publicId, ownersId }) => `/channels/${publicId}/messages/${ownersId}`,
      body: () => ({ body: "matrix" }),
      expect: inChannel(403, { owner: 200 }),
    },
    {
      path: ({ privateId, own }, role) => `/channels/${privateId}/messages/${own(role).id}`,
      body: () => ({ body: "matrix" }),
      expect: inChannel(200),
    },
    // It stands in the other channel.
    {
      path: ({ privateId, ownersId }) => `/channels/${privateId}/messages/${ownersId}`,
      body: () => ({ body: "matrix" }),
      expect: everyone(404),
    },
    {
      path: ({ publicId }) => `/channels/${publicId}/messages/${NOBODY}`,
      body: () => ({ body: "matrix" }),
      expect: everyone(404),
    },
  ],
  "DELETE /channels/[channelId]/messages/[messageId]": [
    {
      path: ({ privateId, ownersDoomedId }) => `/channels/${privateId}/messages/${ownersDoomedId}`,
      expect: inChannel(200, { guest: 403, member: 403 }),
    },
    {
      path: ({ privateId, own }, role) => `/channels/${privateId}/messages/${own(role).doomedId}`,
      expect: inChannel(200),
    },
    {
      path: ({ privateId, ownersId }) => `/channels/${privateId}/messages/${ownersId}`,
      expect: everyone(404),
    },
    { path: ({ publicId }) => `/channels/${publicId}/messages/${NOBODY}`, expect: everyone(404) },
  ],
  "GET /channels/[channelId]/messages/[messageId]/replies": [
    {
      path: ({ publicId, ownersId }) => `/channels/${publicId}/messages/${ownersId}/replies`,
      expect: inChannel(200),
    },
    // It stands in the other channel.
    {
      path: ({ privateId, ownersId }) => `/channels/${privateId}/messages/${ownersId}/replies`,
      expect: everyone(404),
    },
  ],
  "PUT /channels/[channelId]/messages/[messageId]/thread": [
    {
      path: ({ publicId, ownersId }) => `/channels/${publicId}/messages/${ownersId}/thread`,
      body: () => ({ following: true }),
      expect: inChannel(200),
    },
    {
      path: ({ privateId, ownersId }) => `/channels/${privateId}/messages/${ownersId}/thread`,
      body: () => ({ following: true }),
      expect: everyone(404),
    },
  ],
  "PATCH /channels/[channelId]/messages/[messageId]/thread": [
    {
      path: ({ publicId, ownersId }) => `/channels/${publicId}/messages/${ownersId}/thread`,
      body: () => ({ seq: 0 }),
      expect: inChannel(200),
    },
    {
      path: ({ privateId, ownersId }) => `/channels/${privateId}/messages/${ownersId}/thread`,
      body: () => ({ seq: 0 }),
      expect: everyone(404),
    },
  ],
  "GET /workspaces/[slug]/threads": [
    { path: ({ slug }) => `/workspaces/${slug}/threads`, expect: inWorkspace(200) },
    { path: () => "/workspaces/elsewhere/threads", expect: everyone(404) },
  ],
  "GET /channels/[channelId]/messages/[messageId]/edits": [
    {
      path: ({ publicId, ownersId }) => `/channels/${publicId}/messages/${ownersId}/edits`,
      expect: inChannel(403, { owner: 200, admin: 200 }),
    },
    {
      path: ({ privateId, own }, role) => `/channels/${privateId}/messages/${own(role).id}/edits`,
      expect: inChannel(200),
    },
    // It stands in the other channel.
    { path: ({ privateId, ownersId }) => `/channels/${privateId}/messages/${ownersId}/edits`, expect: everyone(404) },
    { path: ({ publicId }) => `/channels/${publicId}/messages/${NOBODY}/edits`, expect: everyone(404) },
  ],
  "DELETE /channels/[channelId]/messages/[messageId]/previews": [
    {
      path: ({ publicId, ownersId }) => `/channels/${publicId}/messages/${ownersId}/previews`,
      expect: inChannel(403, { admin: 200, owner: 200 }),
    },
    {
      path: ({ privateId, own }, role) => `/channels/${privateId}/messages/${own(role).id}/previews`,
      expect: inChannel(200),
    },
    // It stands in the other channel.
    {
      path: ({ privateId, ownersId }) => `/channels/${privateId}/messages/${ownersId}/previews`,
      expect: everyone(404),
    },
    { path: ({ publicId }) => `/channels/${publicId}/messages/${NOBODY}/previews`, expect: everyone(404) },
  ],
  "PUT /channels/[channelId]/messages/[messageId]/pin": [
    {
      path: ({ publicId, ownersId }) => `/channels/${publicId}/messages/${ownersId}/pin`,
      expect: inChannel(200, { guest: 403 }),
    },
    { path: ({ privateId, ownersId }) => `/channels/${privateId}/messages/${ownersId}/pin`, expect: everyone(404) },
  ],
  "DELETE /channels/[channelId]/messages/[messageId]/pin": [
    {
      path: ({ publicId, ownersId }) => `/channels/${publicId}/messages/${ownersId}/pin`,
      expect: inChannel(200, { guest: 403 }),
    },
    { path: ({ privateId, ownersId }) => `/channels/${privateId}/messages/${ownersId}/pin`, expect: everyone(404) },
  ],
  "GET /channels/[channelId]/pins": [
    { path: ({ publicId }) => `/channels/${publicId}/pins`, expect: inChannel(200) },
    { path: ({ privateId }) => `/channels/${privateId}/pins`, expect: inChannel(200) },
    { path: () => `/channels/${NOBODY}/pins`, expect: everyone(404) },
  ],
  "PUT /channels/[channelId]/messages/[messageId]/save": [
    { path: ({ publicId, ownersId }) => `/channels/${publicId}/messages/${ownersId}/save`, expect: inChannel(200) },
    { path: ({ privateId, ownersId }) => `/channels/${privateId}/messages/${ownersId}/save`, expect: everyone(404) },
  ],
  // One's own list is always one's own to shorten; of a channel that one may not know of not even that is answered.
  "DELETE /channels/[channelId]/messages/[messageId]/save": [
    {
      path: ({ publicId, ownersId }) => `/channels/${publicId}/messages/${ownersId}/save`,
      expect: inChannel(200, { exMember: 200 }),
    },
    { path: ({ privateId }) => `/channels/${privateId}/messages/${NOBODY}/save`, expect: inChannel(200) },
  ],
  "GET /workspaces/[slug]/saved": [
    { path: ({ slug }) => `/workspaces/${slug}/saved`, expect: inWorkspace(200) },
    { path: () => "/workspaces/elsewhere/saved", expect: everyone(404) },
  ],
  "POST /channels/[channelId]/unread": [
    { path: ({ publicId }) => `/channels/${publicId}/unread`, body: () => ({ seq: 1 }), expect: inChannel(200) },
    { path: ({ privateId }) => `/channels/${privateId}/unread`, body: () => ({ seq: 1 }), expect: inChannel(200) },
    { path: () => `/channels/${NOBODY}/unread`, body: () => ({ seq: 1 }), expect: everyone(404) },
  ],
  "POST /workspaces/[slug]/direct": [
    { path: ({ slug }) => `/workspaces/${slug}/direct`, body: () => ({ memberIds: [] }), expect: inWorkspace(201) },
    // Somebody who is no member of the workspace.
    {
      path: ({ slug }) => `/workspaces/${slug}/direct`,
      body: () => ({ memberIds: [NOBODY] }),
      expect: inWorkspace(422),
    },
    { path: () => "/workspaces/elsewhere/direct", body: () => ({ memberIds: [] }), expect: everyone(404) },
  ],
  "GET /workspaces/[slug]/members/[accountId]": [
    { path: ({ slug, bystanderId }) => `/workspaces/${slug}/members/${bystanderId}`, expect: inWorkspace(200) },
    { path: ({ slug }) => `/workspaces/${slug}/members/${NOBODY}`, expect: everyone(404) },
  ],
  "PATCH /workspaces/[slug]/members/[accountId]": [
    {
      path: ({ slug }) => `/workspaces/${slug}/members/${NOBODY}`,
      body: () => ({ role: "member" }),
      expect: inWorkspace(404),
    },
    {
      path: ({ slug, bystanderId }) => `/workspaces/${slug}/members/${bystanderId}`,
      body: () => ({ role: "admin" }),
      expect: inWorkspace(403, { owner: 200, admin: 200 }),
    },
    {
      path: ({ slug, bystanderId }) => `/workspaces/${slug}/members/${bystanderId}`,
      body: () => ({ role: "owner" }),
      expect: inWorkspace(403, { owner: 200 }),
    },
  ],
  "PATCH /channels/[channelId]/me": [
    { path: ({ directId }) => `/channels/${directId}/me`, body: () => ({ hidden: true }), expect: inDirect(200) },
    { path: ({ publicId }) => `/channels/${publicId}/me`, body: () => ({ muted: true }), expect: inChannel(200) },
    { path: ({ privateId }) => `/channels/${privateId}/me`, body: () => ({ starred: true }), expect: inChannel(200) },
    { path: () => `/channels/${NOBODY}/me`, body: () => ({ muted: true }), expect: everyone(404) },
  ],
  "DELETE /[[...missing]]": [{ path: () => "/no/such/call", expect: everyone(404, 404) }],
  "GET /[[...missing]]": [
    { path: () => "/no/such/call", expect: everyone(404, 404) },
    { path: () => "", expect: everyone(404, 404) },
  ],
  "PATCH /[[...missing]]": [{ path: () => "/no/such/call", expect: everyone(404, 404) }],
  "POST /[[...missing]]": [{ path: () => "/no/such/call", expect: everyone(404, 404) }],
  "PUT /[[...missing]]": [{ path: () => "/no/such/call", expect: everyone(404, 404) }],
};

/** The first two never get as far as an event: they are refused at the handshake. */
const HANDSHAKE: Partial<Record<Role, string>> = { anonymous: "unauthenticated", outsider: "not_found" };

interface EventRow {
  payload: (stage: Stage, role: Role) => object;
  exMember: string;
  /** Who else is refused, and how; everybody else is answered. */
  refused?: Partial<Record<Role, string>>;
}

const NOT_FOUND = { guest: "not_found", member: "not_found", admin: "not_found", owner: "not_found" };

const EVENTS: Record<string, EventRow[]> = {
  "message:send": [
    {
      payload: ({ directId }) => ({ id: newId(), channelId: directId, body: "matrix" }),
      exMember: "not_found",
      refused: NOT_IN_DIRECT,
    },
    {
      payload: ({ publicId }) => ({ id: newId(), channelId: publicId, body: "matrix" }),
      exMember: "not_found",
    },
    {
      payload: ({ publicId, ownersId }) => ({ id: newId(), channelId: publicId, body: "matrix", threadId: ownersId }),
      exMember: "not_found",
    },
    {
      payload: ({ privateId, ownersId }) => ({ id: newId(), channelId: privateId, body: "matrix", threadId: ownersId }),
      exMember: "not_found",
      refused: NOT_FOUND,
    },
    { payload: ({ privateId }) => ({ id: newId(), channelId: privateId, body: "matrix" }), exMember: "not_found" },
  ],
  "message:edit": [
    {
      payload: ({ ownersId }) => ({ id: ownersId, body: "matrix" }),
      exMember: "not_found",
      refused: { guest: "forbidden", member: "forbidden", admin: "forbidden" },
    },
    { payload: ({ own }, role) => ({ id: own(role).id, body: "matrix" }), exMember: "not_found" },
    { payload: () => ({ id: NOBODY, body: "matrix" }), exMember: "not_found", refused: NOT_FOUND },
  ],
  "message:delete": [
    {
      payload: ({ ownersDoomedId }) => ({ id: ownersDoomedId }),
      exMember: "not_found",
      refused: { guest: "forbidden", member: "forbidden" },
    },
    { payload: ({ own }, role) => ({ id: own(role).doomedId }), exMember: "not_found" },
    { payload: () => ({ id: NOBODY }), exMember: "not_found", refused: NOT_FOUND },
  ],
  "reaction:add": [
    { payload: ({ ownersId }) => ({ messageId: ownersId, emoji: "👋" }), exMember: "not_found" },
    { payload: ({ own }, role) => ({ messageId: own(role).id, emoji: ":wave:" }), exMember: "not_found" },
    { payload: () => ({ messageId: NOBODY, emoji: "👋" }), exMember: "not_found", refused: NOT_FOUND },
  ],
  "reaction:remove": [
    { payload: ({ ownersId }) => ({ messageId: ownersId, emoji: "👋" }), exMember: "not_found" },
    { payload: ({ own }, role) => ({ messageId: own(role).id, emoji: ":wave:" }), exMember: "not_found" },
    { payload: () => ({ messageId: NOBODY, emoji: "👋" }), exMember: "not_found", refused: NOT_FOUND },
  ],
  "preview:remove": [
    {
      payload: ({ ownersId }) => ({ messageId: ownersId }),
      exMember: "not_found",
      refused: { guest: "forbidden", member: "forbidden" },
    },
    { payload: ({ own }, role) => ({ messageId: own(role).id }), exMember: "not_found" },
    { payload: () => ({ messageId: NOBODY }), exMember: "not_found", refused: NOT_FOUND },
  ],
  "message:pin": [
    { payload: ({ ownersId }) => ({ id: ownersId }), exMember: "not_found", refused: { guest: "forbidden" } },
    { payload: () => ({ id: NOBODY }), exMember: "not_found", refused: NOT_FOUND },
  ],
  "message:unpin": [
    { payload: ({ ownersId }) => ({ id: ownersId }), exMember: "not_found", refused: { guest: "forbidden" } },
    { payload: () => ({ id: NOBODY }), exMember: "not_found", refused: NOT_FOUND },
  ],
  "message:save": [
    { payload: ({ ownersId }) => ({ id: ownersId }), exMember: "not_found" },
    { payload: ({ own }, role) => ({ id: own(role).id }), exMember: "not_found" },
    { payload: () => ({ id: NOBODY }), exMember: "not_found", refused: NOT_FOUND },
  ],
  // One's own list is one's own to shorten, whatever may still be read.
  "message:unsave": [
    { payload: ({ ownersId }) => ({ id: ownersId }), exMember: "ok" },
    { payload: () => ({ id: NOBODY }), exMember: "ok" },
  ],
  history: [
    { payload: ({ directId }) => ({ channelId: directId }), exMember: "not_found", refused: NOT_IN_DIRECT },
    { payload: ({ publicId }) => ({ channelId: publicId }), exMember: "not_found" },
    { payload: ({ privateId }) => ({ channelId: privateId }), exMember: "not_found" },
    { payload: ({ publicId, ownersId }) => ({ channelId: publicId, threadId: ownersId }), exMember: "not_found" },
    {
      payload: ({ privateId, ownersId }) => ({ channelId: privateId, threadId: ownersId }),
      exMember: "not_found",
      refused: NOT_FOUND,
    },
  ],
  threads: [{ payload: () => ({}), exMember: "ok" }],
  "thread:follow": [
    {
      payload: ({ publicId, ownersId }) => ({ channelId: publicId, threadId: ownersId, following: true }),
      exMember: "not_found",
    },
    {
      payload: ({ privateId, ownersId }) => ({ channelId: privateId, threadId: ownersId, following: true }),
      exMember: "not_found",
      refused: NOT_FOUND,
    },
  ],
  "thread:read": [
    {
      payload: ({ publicId, ownersId }) => ({ channelId: publicId, threadId: ownersId, seq: 0 }),
      exMember: "not_found",
    },
    {
      payload: ({ privateId, ownersId }) => ({ channelId: privateId, threadId: ownersId, seq: 0 }),
      exMember: "not_found",
      refused: NOT_FOUND,
    },
  ],
  "channel:read": [
    { payload: ({ publicId }) => ({ channelId: publicId, seq: 0 }), exMember: "not_found" },
    { payload: ({ privateId }) => ({ channelId: privateId, seq: 0 }), exMember: "not_found" },
  ],
  "channel:unread": [
    { payload: ({ publicId }) => ({ channelId: publicId, seq: 1 }), exMember: "not_found" },
    { payload: ({ privateId }) => ({ channelId: privateId, seq: 1 }), exMember: "not_found" },
  ],
  "channel:open": [
    { payload: ({ publicId }) => ({ channelId: publicId }), exMember: "not_found" },
    { payload: ({ privateId }) => ({ channelId: privateId }), exMember: "not_found" },
    { payload: () => ({ channelId: NOBODY }), exMember: "not_found", refused: NOT_FOUND },
  ],
  // Whoever stops looking says so of any channel, and is told nothing of it.
  "channel:close": [
    { payload: ({ publicId }) => ({ channelId: publicId }), exMember: "ok" },
    { payload: () => ({ channelId: NOBODY }), exMember: "ok" },
  ],
  typing: [
    { payload: ({ publicId }) => ({ channelId: publicId }), exMember: "not_found" },
    { payload: ({ privateId, ownersId }) => ({ channelId: privateId, threadId: ownersId }), exMember: "not_found" },
    { payload: () => ({ channelId: NOBODY }), exMember: "not_found", refused: NOT_FOUND },
  ],
  "presence:set": [{ payload: () => ({ status: "active" }), exMember: "ok" }],
  sync: [{ payload: ({ privateId }) => ({ cursors: { [privateId]: 0 } }), exMember: "ok" }],
};

const CODE_OF: Record<number, string> = {
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  422: "invalid",
};

let database: TestDatabase;
let parley: Parley;
let stage: Stage;
const tokens = new Map<Role, string>();

beforeAll(async () => {
  database = await createDatabase();
  parley = await startParley({ databaseUrl: database.url, env: { RATE_LIMITS: "off" } });
  const owner = await joinParley(parley.origin, "owner");
  const admin = await joinParley(parley.origin, "admin");
  const member = await joinParley(parley.origin, "member");
  const exMember = await joinParley(parley.origin, "exmember");
  const outsider = await joinParley(parley.origin, "outsider");
  const bystander = await joinParley(parley.origin, "bystander");
  const guest = visit(parley.origin);
  await guest.post("callback/guest", { nickname: "Visitor" });
  const guestId = (await guest.call("GET", "/me")).body.account.id;
  tokens.set("guest", (await guest.call("POST", "/tokens", { name: "tests" })).body.secret);
  for (const [role, { token }] of Object.entries({ owner, admin, member, exMember, outsider })) {
    const known = ROLES.find((one) => one === role);
    if (known !== undefined) tokens.set(known, token);
  }
  await database.pool.query("UPDATE members SET role = 'admin' WHERE account_id = $1", [admin.account.id]);
  await database.pool.query("DELETE FROM channel_members WHERE account_id = $1", [outsider.account.id]);
  await database.pool.query("DELETE FROM members WHERE account_id = $1", [outsider.account.id]);

  const make = async (name: string, secret: boolean) => {
    const { body } = await owner.rest<{ channel: ChannelView }>("POST", `/workspaces/${owner.slug}/channels`, {
      name,
      private: secret,
    });
    const { id } = body.channel;
    const accountIds = [admin.account.id, member.account.id, exMember.account.id, guestId];
    await owner.rest("POST", `/channels/${id}/members`, { accountIds });
    await owner.rest("POST", `/channels/${id}/messages`, { id: newId(), body: `said in ${name}` });
    return id;
  };
  const publicId = await make("stage", false);
  const privateId = await make("backstage", true);
  const direct = await owner.rest<{ channel: ChannelView }>("POST", `/workspaces/${owner.slug}/direct`, {
    memberIds: [member.account.id],
  });
  const say = async (role: Role, channelId: string) => {
    const peer = await connect(parley.origin, owner.slug, { token: tokens.get(role) ?? "" });
    const id = newId();
    await peer.ask("message:send", { id, channelId, body: `said by the ${role}` });
    peer.close();
    return id;
  };
  const own = new Map<Role, { id: string; doomedId: string }>();
  for (const role of ["exMember", "guest", "member", "admin", "owner"] as const) {
    own.set(role, { id: await say(role, privateId), doomedId: await say(role, privateId) });
  }
  for (const id of [publicId, privateId])
    await exMember.rest("DELETE", `/channels/${id}/members/${exMember.account.id}`);
  stage = {
    slug: owner.slug,
    publicId,
    privateId,
    directId: direct.body.channel.id,
    ownersId: await say("owner", publicId),
    ownersDoomedId: await say("owner", privateId),
    own: (role) => own.get(role) ?? { id: NOBODY, doomedId: NOBODY },
    bystanderId: bystander.account.id,
    sessionId: (await bystander.visitor.call("GET", "/sessions")).body.sessions[0]?.id ?? "",
    tokenId: (await bystander.visitor.call("GET", "/tokens")).body.tokens[0]?.id ?? "",
  };
});
afterAll(async () => {
  await parley.stop();
  await database.drop();
});

const root = join(__dirname, "../..");

describe("[F39] the table", () => {
  it("has a row for every REST route that exists", () => {
    expect(routesOf(join(root, "app/api/v1"), "").sort()).toEqual(Object.keys(CALLS).sort());
  });

  it("has a row for every socket event that is handled", () => {
    const handlers = filesBelow(join(root, "lib")).filter((path) => path.endsWith(".handlers.ts"));
    const events = handlers.flatMap((path) =>
      [...readFileSync(path, "utf8").matchAll(/\bhandler\(\s*"([^"]+)"/g)].map(([, event]) => event),
    );
    expect(events.sort()).toEqual(Object.keys(EVENTS).sort());
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function routesOf(folder: string, path: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return routesOf(join(folder, entry.name), `${path}/${entry.name}`);
    const exported = [...readFileSync(join(folder, entry.name), "utf8").matchAll(/^export .*$/gm)].join(" ");
    return [...exported.matchAll(/\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/g)].map(
      ([method]) => `${method} ${path}`,
    );
  });
}

const rest = Object.entries(CALLS).flatMap(([name, rows]) => rows.map((row, place) => ({ name, place, row })));
const events = Object.entries(EVENTS).flatMap(([event, rows]) => rows.map((row, place) => ({ event, place, row })));

describe.each(ROLES)("[F39] as %s", (role) => {
  it.each(rest)("$name ($place)", async ({ name, row }) => {
    const token = tokens.get(role);
    const response = await fetch(`${parley.origin}/api/v1${row.path(stage, role)}`, {
      method: name.split(" ")[0] ?? "GET",
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(row.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(row.body === undefined ? {} : { body: JSON.stringify(row.body(stage)) }),
    });
    const text = await response.text();
    const { code = "" }: { code?: string } = text === "" ? {} : JSON.parse(text);
    const expected = row.expect[role];
    expect({ status: response.status, code }).toEqual({ status: expected, code: CODE_OF[expected] ?? "" });
  });

  const refused = HANDSHAKE[role];
  if (refused === undefined) {
    it.each(events)("$event over a socket ($place)", async ({ event, row }) => {
      const peer = await connect(parley.origin, stage.slug, { token: tokens.get(role) ?? "" });
      const answer = await peer.askRaw(event, row.payload(stage, role));
      peer.close();
      const expected = role === "exMember" ? row.exMember : (row.refused?.[role] ?? "ok");
      expect(answer.error?.code ?? "ok").toBe(expected);
    });
  } else {
    it("gets no connection", async () => {
      const token = tokens.get(role);
      const credentials = token === undefined ? {} : { token };
      expect(await refusalOf(parley.origin, `/w/${stage.slug}`, credentials)).toBe(refused);
    });
  }
});

describe("[F39] whoever left a channel", () => {
  it("is told by sync that it is gone, and not a word of it", async () => {
    const peer = await connect(parley.origin, stage.slug, { token: tokens.get("exMember") ?? "" });
    const answer = await peer.ask("sync", { cursors: { [stage.privateId]: 0, [stage.publicId]: 0 } });
    peer.close();
    expect(answer).toMatchObject({ ok: true, channels: {}, left: [stage.privateId, stage.publicId] });
    expect(JSON.stringify(answer)).not.toMatch(/said (in|by)/);
  });

  it("does not find the private one in the workspace", async () => {
    const { body } = await visit(parley.origin).call("GET", `/workspaces/${stage.slug}`, undefined, {
      authorization: `Bearer ${tokens.get("exMember")}`,
    });
    expect(JSON.stringify(body)).not.toContain("backstage");
  });
});
