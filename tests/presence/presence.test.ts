import { Roster } from "@/lib/presence/roster";
import { Told } from "@/lib/presence/told";
import { joinParley } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

describe("who is there", () => {
  let parley: Parley;
  beforeAll(async () => {
    parley = await startParley();
  });
  afterAll(() => parley.stop());

  it("is told when somebody comes and goes, and to who comes later", async () => {
    const ada = await joinParley(parley.origin, "ada");
    const brook = await joinParley(parley.origin, "brook");
    const adas = await ada.connect();
    const brooks = await brook.connect();
    const isOf = (accountId: string, status: string) => (fact: { changes: { accountId: string; status: string }[] }) =>
      fact.changes.some((change) => change.accountId === accountId && change.status === status);
    await adas.hears("presence", isOf(brook.account.id, "online"));

    const second = await ada.connect();
    await second.hears("presence", isOf(brook.account.id, "online"));

    brooks.close();
    await adas.hears("presence", isOf(brook.account.id, "offline"));
    second.close();
    await adas.ask("sync", { cursors: {} });
    expect(adas.told("presence").some(isOf(ada.account.id, "offline"))).toBe(false);
    adas.close();
  });

  it("is away when no connection is active, and online when any is", async () => {
    const cleo = await joinParley(parley.origin, "cleo");
    const dana = await joinParley(parley.origin, "dana");
    const watching = await cleo.connect();
    const desk = await dana.connect();
    const phone = await dana.connect();
    const told = () =>
      watching
        .told("presence")
        .flatMap(({ changes }) => changes.filter(({ accountId }) => accountId === dana.account.id))
        .map(({ status }) => status);
    await watching.hears("presence", () => told().includes("online"));

    await desk.ask("presence:set", { status: "away" });
    await phone.ask("presence:set", { status: "away" });
    await watching.hears("presence", () => told().includes("away"));
    // Whoever comes now is told the same.
    const late = await cleo.connect();
    await late.hears("presence", ({ changes }) =>
      changes.some(({ accountId, status }) => accountId === dana.account.id && status === "away"),
    );
    late.close();

    await phone.ask("presence:set", { status: "active" });
    await watching.hears("presence", () => told().length === 3);
    expect(told()).toEqual(["online", "away", "online"]);
    phone.close();
    await watching.hears("presence", () => told().length === 4);
    expect(told().at(-1)).toBe("away");
    desk.close();
    watching.close();
  });
});

describe("the roster of several nodes", () => {
  it("holds an account as long as one node does", () => {
    const roster = new Roster();
    roster.report("one", 0, { harbour: ["ada", "brook"] });
    roster.report("two", 0, { harbour: ["brook"], elsewhere: ["cleo"] });
    expect(roster.here("harbour")).toEqual(online("ada", "brook"));
    roster.report("one", 1, {});
    expect(roster.here("harbour")).toEqual(online("brook"));
    expect(roster.here("elsewhere")).toEqual(online("cleo"));
  });

  it("calls an account away only if every node does that has it", () => {
    const roster = new Roster();
    roster.report("one", 0, { harbour: ["ada", "brook"] }, { harbour: ["ada", "brook"] });
    roster.report("two", 0, { harbour: ["brook"] });
    expect(roster.here("harbour")).toEqual(
      new Map([
        ["ada", "away"],
        ["brook", "online"],
      ]),
    );
  });

  it("forgets a node that fell silent", () => {
    const roster = new Roster();
    roster.report("one", 0, { harbour: ["ada"] });
    roster.report("two", 4_000, { harbour: ["brook"] });
    roster.forgetSilent(1_000);
    expect(roster.here("harbour")).toEqual(online("brook"));
  });
});

describe("what readers are told", () => {
  it("is each change once, all that came together in one event", () => {
    const told = new Told();
    expect(told.changes(online("ada", "brook"))).toEqual([
      { accountId: "ada", status: "online" },
      { accountId: "brook", status: "online" },
    ]);
    expect(told.changes(online("ada", "brook"))).toEqual([]);
    expect(told.changes(new Map([...online("ada"), ["brook", "away"]]))).toEqual([
      { accountId: "brook", status: "away" },
    ]);
  });

  it("of a thousand people who come, turn away and go at once is one event each", () => {
    const told = new Told();
    const ids = Array.from({ length: 1_000 }, (_, place) => `person-${place}`);
    const looks = [online(...ids), new Map(ids.map((id) => [id, "away" as const])), new Map(), new Map(), new Map()];
    const events = looks.map((here) => told.changes(here)).filter((changes) => changes.length > 0);
    expect(events.map(({ length }) => length)).toEqual([1_000, 1_000, 1_000]);
  });

  it("is no absence while somebody reloads the page", () => {
    const told = new Told();
    told.changes(online("ada"));
    expect(told.changes(online())).toEqual([]);
    expect(told.changes(online())).toEqual([]);
    expect(told.changes(online("ada"))).toEqual([]);
    for (const _look of [1, 2]) expect(told.changes(online())).toEqual([]);
    expect(told.changes(online())).toEqual([{ accountId: "ada", status: "offline" }]);
    expect(told.all()).toEqual([]);
  });
});

function online(...ids: string[]): Map<string, "online" | "away"> {
  return new Map(ids.map((id) => [id, "online"]));
}
