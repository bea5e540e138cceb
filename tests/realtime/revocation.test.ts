import { createDatabase, type TestDatabase } from "@/tests/support/database";
import { connect, joinParley, type Peer, type Person, refusalOf } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let database: TestDatabase;
let parley: Parley;
beforeAll(async () => {
  database = await createDatabase();
  parley = await startParley({ databaseUrl: database.url, env: { RATE_LIMITS: "off" } });
});
afterAll(async () => {
  await parley.stop();
  await database.drop();
});

const gone = (peer: Peer) => new Promise<string>((resolve) => peer.socket.once("disconnect", resolve));

async function withCookie(person: Person): Promise<{ peer: Peer; credentials: { cookie: string; origin: string } }> {
  const cookie = [...person.visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const credentials = { cookie, origin: parley.origin };
  return { credentials, peer: await connect(parley.origin, person.slug, credentials) };
}

async function sessionOf(person: Person): Promise<string> {
  const { body } = await person.visitor.call("GET", "/sessions");
  return body.sessions.find(({ current }) => current)?.id ?? "";
}

describe("[F38] whoever is logged out", () => {
  it("elsewhere loses the connection at once, and may not come back", async () => {
    const ada = await joinParley(parley.origin, "ada");
    const { peer, credentials } = await withCookie(ada);
    const left = gone(peer);
    await ada.rest("DELETE", `/sessions/${await sessionOf(ada)}`);
    await left;
    expect(await refusalOf(parley.origin, `/w/${ada.slug}`, credentials)).toBe("unauthenticated");
    expect((await ada.visitor.call("GET", "/me")).status).toBe(401);
  });

  it("while disconnected is refused when coming back", async () => {
    const brook = await joinParley(parley.origin, "brook");
    const { peer, credentials } = await withCookie(brook);
    peer.close();
    await brook.rest("DELETE", `/sessions/${await sessionOf(brook)}`);
    expect(await refusalOf(parley.origin, `/w/${brook.slug}`, credentials)).toBe("unauthenticated");
  });

  it("by oneself loses one's other tabs of that session", async () => {
    const chidi = await joinParley(parley.origin, "chidi");
    const { peer } = await withCookie(chidi);
    const left = gone(peer);
    await chidi.visitor.post("signout", {});
    await left;
    expect((await chidi.visitor.call("GET", "/me")).status).toBe(401);
  });

  it("by the end of a token loses that token's connections and no other", async () => {
    const dilnoza = await joinParley(parley.origin, "dilnoza");
    const { peer: byCookie } = await withCookie(dilnoza);
    const byToken = await dilnoza.connect();
    const left = gone(byToken);
    const { tokens } = (await dilnoza.visitor.call("GET", "/tokens")).body;
    await dilnoza.visitor.call("DELETE", `/tokens/${tokens[0]?.id}`);
    await left;
    expect(byCookie.socket.connected).toBe(true);
    byCookie.close();
  });

  it("by expiry, or by the account's end, is found by the sweep", async () => {
    const eyal = await joinParley(parley.origin, "eyal");
    const { peer } = await withCookie(eyal);
    const left = gone(peer);
    await database.pool.query("UPDATE sessions SET expires_at = now() - interval '1 second' WHERE account_id = $1", [
      eyal.account.id,
    ]);
    await left;
    const byToken = await eyal.connect();
    const ended = gone(byToken);
    await database.pool.query("UPDATE accounts SET deactivated_at = now() WHERE id = $1", [eyal.account.id]);
    await ended;
    expect(await refusalOf(parley.origin, `/w/${eyal.slug}`, { token: eyal.token })).toBe("unauthenticated");
  });
});
