import type { MessageView } from "@/lib/messages/message.events";
import { previewedLinks } from "@/lib/messages/previews/links";
import { newId } from "@/lib/shared/ids";
import { joinParley, type Peer, type Person } from "@/tests/support/peer";
import { OWN_INTERNET, openSite, type Site } from "@/tests/support/preview-site";
import { type Parley, startParley } from "@/tests/support/server";
import { buildVariant } from "@/tests/support/server-variant";

let site: Site;
let parley: Parley;
let ada: Person;
let brook: Person;
let channelId: string;
let adas: Peer;
let brooks: Peer;

beforeAll(async () => {
  site = await openSite();
  const bundle = await buildVariant(OWN_INTERNET);
  parley = await startParley({ bundle, env: { RATE_LIMITS: "off", TEST_SITE_PORT: `${site.port}` } });
  ada = await joinParley(parley.origin, "ada");
  brook = await joinParley(parley.origin, "brook");
  channelId = (await ada.channel("general")).id;
  adas = await ada.connect();
  brooks = await brook.connect();
});

afterAll(async () => {
  adas.close();
  brooks.close();
  await parley.stop();
  site.close();
});

const turn = (linkPreviews: boolean) => ada.rest("PATCH", `/workspaces/${ada.slug}`, { linkPreviews });

async function say(body: string, peer = brooks): Promise<MessageView> {
  const answer = await peer.ask("message:send", { id: newId(), channelId, body });
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.message;
}

/** The message as it is told to the channel once it has come to what `fits` asks for. */
async function told(id: string, fits: (message: MessageView) => boolean): Promise<MessageView> {
  const find = (messages: MessageView[]) => messages.find((one) => one.id === id && fits(one));
  const fact = await adas.hears("channel:changes", ({ messages }) => find(messages) !== undefined);
  const message = find(fact.messages);
  if (message === undefined) throw new Error("It was heard and is not there.");
  return message;
}

const previewed = (id: string, count = 1) => told(id, ({ previews }) => previews.length === count);

test("no page is opened before an owner or admin has asked for it", async () => {
  const before = await say("http://site.example/before");
  expect((await turn(true)).status).toBe(200);
  const after = await say("http://site.example/after");
  await previewed(after.id);
  expect(site.asked).toEqual(["site.example/after"]);
  const { messages } = await history();
  expect(messages.find(({ id }) => id === before.id)?.previews).toEqual([]);
});

async function history() {
  const { body } = await ada.rest<{ messages: MessageView[]; version: number }>(
    "GET",
    `/channels/${channelId}/messages`,
  );
  return body;
}

test("what a link leads to comes as one step of the channel's version, the same to everybody and every way", async () => {
  const sent = await say("look: http://site.example/one");
  expect(sent.previews).toEqual([]);
  const message = await previewed(sent.id);
  expect(message).toEqual({
    ...sent,
    version: sent.version + 1,
    previews: [
      {
        url: "http://site.example/one",
        title: "Page /one <b>",
        description: "All about /one",
        siteName: "site.example",
      },
    ],
  });
  expect((await history()).messages.at(-1)).toEqual(message);
  const synced = await adas.ask("sync", { cursors: { [channelId]: sent.version } });
  expect(synced).toMatchObject({ ok: true, channels: { [channelId]: { messages: [message] } } });
});

test("a message that came by REST is previewed too", async () => {
  const id = newId();
  await brook.rest("POST", `/channels/${channelId}/messages`, { id, body: "http://site.example/rest" });
  expect((await previewed(id)).previews[0]?.title).toBe("Page /rest <b>");
});

test("three links are previewed, and a list of more is not", async () => {
  const many = [1, 2, 3, 4].map((number) => `http://site.example/many${number}`);
  await say(many.join(" "));
  const three = await say(many.slice(0, 3).join(" "));
  const { previews } = await previewed(three.id, 3);
  expect(previews.map(({ url }) => url)).toEqual(many.slice(0, 3));
  expect(site.asked.filter((page) => page.includes("many"))).toHaveLength(3);
});

test("a page that many post is asked for once", async () => {
  await previewed((await say("http://site.example/often")).id);
  await previewed((await say("again http://site.example/often")).id);
  expect(site.asked.filter((page) => page.endsWith("/often"))).toHaveLength(1);
});

test("[F47] nothing inside is reached, whatever is posted", async () => {
  const asked = site.asked.length;
  for (const address of [
    `http://127.0.0.1:${site.port}/canary`,
    "http://127.0.0.1/canary",
    "http://[::1]/canary",
    "http://localhost/canary",
    "http://inside.site.example/canary",
    "http://2130706433/canary",
    "http://169.254.169.254/canary",
  ]) {
    await say(address);
  }
  // The queue keeps its order, so whatever stood before this one was looked at when this one is done.
  await previewed((await say("http://site.example/last")).id);
  await previewed((await say("http://site.example/very-last")).id);
  expect(site.asked.slice(asked).filter((page) => page.includes("canary"))).toEqual([]);
});

test("an edit that takes the link away takes the preview away, and one that keeps it keeps it", async () => {
  const { id } = await say("http://site.example/edited");
  await previewed(id);
  await brooks.ask("message:edit", { id, body: "kept http://site.example/edited" });
  await told(id, ({ body, previews }) => body.startsWith("kept") && previews.length === 1);
  const gone = await brooks.ask("message:edit", { id, body: "no link" });
  expect(gone).toMatchObject({ ok: true, message: { previews: [] } });
});

test("its author and a moderator remove the preview for everybody, and nobody else", async () => {
  const chidi = await joinParley(parley.origin, "chidi");
  const chidis = await chidi.connect();
  const { id } = await say("http://site.example/removed");
  const { version } = await previewed(id);
  expect(await chidis.askRaw("preview:remove", { messageId: id })).toMatchObject({ error: { code: "forbidden" } });
  expect(await brooks.ask("preview:remove", { messageId: id })).toMatchObject({ ok: true, message: { previews: [] } });
  const removed = await told(id, (message) => message.version > version);
  expect(removed).toMatchObject({ version: version + 1, previews: [] });
  // Twice is once.
  expect(await brooks.ask("preview:remove", { messageId: id })).toMatchObject({ message: { version: version + 1 } });
  const other = await say("http://site.example/moderated");
  await previewed(other.id);
  const path = `/channels/${channelId}/messages/${other.id}/previews`;
  expect((await chidi.rest("DELETE", path)).status).toBe(403);
  expect(await ada.rest("DELETE", path)).toMatchObject({ status: 200, body: { message: { previews: [] } } });
  chidis.close();
});

test("a deleted message keeps no preview", async () => {
  const { id } = await say("http://site.example/deleted");
  await previewed(id);
  expect(await brooks.ask("message:delete", { id })).toMatchObject({ ok: true, message: { previews: [] } });
});

describe("links that are previewed", () => {
  test.each<[string, string[]]>([
    ["see https://a.example/1 and [b](http://b.example/2)", ["https://a.example/1", "http://b.example/2"]],
    ["www.a.example", ["http://www.a.example"]],
    ["https://a.example https://a.example", ["https://a.example"]],
    ["> - **https://a.example**", ["https://a.example"]],
    ["||https://a.example||", []],
    ["`https://a.example`", []],
    ["```\nhttps://a.example\n```", []],
    ["mail ada@a.example", []],
    ["http://127.0.0.1/ http://localhost/", []],
    ["http://1.example http://2.example http://3.example http://4.example", []],
  ])("%j", (body, expected) => {
    expect(previewedLinks(body)).toEqual(expected);
  });
});
