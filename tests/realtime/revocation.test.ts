import { newId } from "@/lib/shared/ids";
import { createDatabase, type TestDatabase } from "@/tests/support/database";
import { connect, dial, joinParley, type Peer, type Person, refusalOf } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";
import { visit } from "@/tests/support/visitor";

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
    expect(await refusalOf(parley.origin, `/w/${dilnoza.slug}`, { token: dilnoza.token })).toBe("unauthenticated");
    expect((await dilnoza.rest("GET", "/me")).status).toBe(401);
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
    expect((await eyal.rest("GET", "/me")).status).toBe(401);
    expect((await eyal.visitor.call("GET", "/me")).status).toBe(401);
  });

  it("while disconnected, by expiry or by the account's end, is refused when coming back", async () => {
    const farah = await joinParley(parley.origin, "farah");
    const { peer, credentials } = await withCookie(farah);
    peer.close();
    await database.pool.query("UPDATE sessions SET expires_at = now() WHERE account_id = $1", [farah.account.id]);
    expect(await refusalOf(parley.origin, `/w/${farah.slug}`, credentials)).toBe("unauthenticated");
    await database.pool.query("UPDATE accounts SET deactivated_at = now() WHERE id = $1", [farah.account.id]);
    expect(await refusalOf(parley.origin, `/w/${farah.slug}`, { token: farah.token })).toBe("unauthenticated");
    const again = visit(parley.origin);
    expect((await again.post("callback/credentials", { username: "farah", password: "a quiet harbour" })).status).toBe(
      401,
    );
  });

  it("hears nothing that is said afterwards, and can say nothing", async () => {
    const goran = await joinParley(parley.origin, "goran");
    const hana = await joinParley(parley.origin, "hana");
    const { peer } = await withCookie(goran);
    const general = (await hana.channel("general")).id;
    const left = gone(peer);
    await goran.rest("DELETE", `/sessions/${await sessionOf(goran)}`);
    const secret = { id: newId(), body: "now that goran is gone" };
    await hana.rest("POST", `/channels/${general}/messages`, secret);
    await left;
    expect(JSON.stringify(peer.facts)).not.toContain(secret.body);
    const late = await goran.visitor.call("POST", `/channels/${general}/messages`, { id: newId(), body: "too late" });
    expect(late).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
    const { body } = await hana.rest("GET", `/channels/${general}/messages`);
    expect(JSON.stringify(body)).not.toContain("too late");
  });

  it("in the very moment of connecting is cut off too", async () => {
    const ines = await joinParley(parley.origin, "ines");
    const fates = Array.from({ length: 20 }, async () => {
      const { token, secret } = (await ines.visitor.call("POST", "/tokens", { name: "brief" })).body;
      const socket = dial(parley.origin, `/w/${ines.slug}`, { token: secret });
      const fate = new Promise<string>((decided) => {
        socket.once("connect_error", () => decided("refused"));
        socket.once("disconnect", () => decided("cut"));
      });
      socket.io.engine.once("open", () => void ines.visitor.call("DELETE", `/tokens/${token.id}`));
      return await fate;
    });
    for (const fate of await Promise.all(fates)) expect(["refused", "cut"]).toContain(fate);
  });
});
