import type { ProfileView } from "@/lib/auth/profile.events";
import { endOf } from "@/lib/auth/status-ends";
import { createDatabase, type TestDatabase } from "@/tests/support/database";
import { joinParley, type Person } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

describe("what somebody says of themselves", () => {
  let database: TestDatabase;
  let parley: Parley;
  let ada: Person;
  let brook: Person;

  beforeAll(async () => {
    database = await createDatabase();
    parley = await startParley({ databaseUrl: database.url });
    ada = await joinParley(parley.origin, "ada");
    brook = await joinParley(parley.origin, "brook");
  });
  afterAll(async () => {
    await parley.stop();
    await database.drop();
  });

  const change = (body: object) => ada.rest<{ profile: ProfileView; errors: { path: string }[] }>("PATCH", "/me", body);
  const seen = async () => {
    const path = `/workspaces/${brook.slug}/members/${ada.account.id}`;
    return (await brook.rest<{ profile: ProfileView }>("GET", path)).body.profile;
  };
  const soon = () => new Date(Date.now() + 3_600_000).toISOString();

  it("is nothing at first, and then what they said, each part by itself", async () => {
    const nothing = { title: "", pronouns: "", timeZone: null, status: null };
    expect(await seen()).toEqual(nothing);
    await change({ title: "  Keeps  the light ", timeZone: "Europe/Lisbon" });
    await change({ pronouns: "she/her" });
    expect(await seen()).toEqual({
      ...nothing,
      title: "Keeps the light",
      timeZone: "Europe/Lisbon",
      pronouns: "she/her",
    });
    await change({ timeZone: null, title: "", pronouns: "" });
    expect(await seen()).toEqual(nothing);
  });

  it("holds a status until it expires or is taken back", async () => {
    const expiresAt = soon();
    await change({ status: { emoji: "⛵", text: "On the water", expiresAt } });
    expect((await seen()).status).toEqual({ emoji: "⛵", text: "On the water", expiresAt });
    await database.pool.query("UPDATE accounts SET status_expires_at = now() WHERE id = $1", [ada.account.id]);
    expect((await seen()).status).toBeNull();
    await change({ status: { text: "Here" } });
    expect((await seen()).status).toEqual({ emoji: "", text: "Here", expiresAt: null });
    await change({ status: null });
    expect((await seen()).status).toBeNull();
  });

  it.each([
    [{ timeZone: "Nowhere/Atall" }, "timeZone"],
    [{ title: "x".repeat(101) }, "title"],
    [{ status: { text: "x".repeat(101) } }, "status.text"],
    [{ status: { text: "soon", expiresAt: "tomorrow" } }, "status.expiresAt"],
    [{ role: "owner" }, ""],
  ])("is refused where it makes no sense: %j", async (body, path) => {
    const answer = await change(body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map((error) => error.path)).toEqual([path]);
  });
});

describe("the end of a status", () => {
  const at = new Date(2026, 10, 25, 14, 30);

  it("is counted in minutes, or by the calendar of the device", () => {
    expect(endOf("never", at)).toBeNull();
    expect(endOf("halfHour", at)).toBe(new Date(2026, 10, 25, 15, 0).toISOString());
    expect(endOf("hour", at)).toBe(new Date(2026, 10, 25, 15, 30).toISOString());
    expect(endOf("today", at)).toBe(new Date(2026, 10, 26).toISOString());
    expect(endOf("week", at)).toBe(new Date(2026, 10, 30).toISOString());
    expect(endOf("week", new Date(2026, 10, 29, 23, 59))).toBe(new Date(2026, 10, 30).toISOString());
  });
});
