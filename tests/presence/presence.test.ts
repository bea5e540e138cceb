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
});

describe("the roster of several nodes", () => {
  it("holds an account as long as one node does", () => {
    const roster = new Roster();
    roster.report("one", 0, { harbour: ["ada", "brook"] });
    roster.report("two", 0, { harbour: ["brook"], elsewhere: ["cleo"] });
    expect(roster.online("harbour")).toEqual(new Set(["ada", "brook"]));
    roster.report("one", 1, {});
    expect(roster.online("harbour")).toEqual(new Set(["brook"]));
    expect(roster.online("elsewhere")).toEqual(new Set(["cleo"]));
  });

  it("forgets a node that fell silent", () => {
    const roster = new Roster();
    roster.report("one", 0, { harbour: ["ada"] });
    roster.report("two", 4_000, { harbour: ["brook"] });
    roster.forgetSilent(1_000);
    expect(roster.online("harbour")).toEqual(new Set(["brook"]));
  });
});

describe("what readers are told", () => {
  it("is each change once, all that came together in one event", () => {
    const told = new Told();
    expect(told.changes(new Set(["ada", "brook"]))).toEqual([
      { accountId: "ada", status: "online" },
      { accountId: "brook", status: "online" },
    ]);
    expect(told.changes(new Set(["ada", "brook"]))).toEqual([]);
  });

  it("is no absence while somebody reloads the page", () => {
    const told = new Told();
    told.changes(new Set(["ada"]));
    expect(told.changes(new Set())).toEqual([]);
    expect(told.changes(new Set())).toEqual([]);
    expect(told.changes(new Set(["ada"]))).toEqual([]);
    for (const _look of [1, 2]) expect(told.changes(new Set())).toEqual([]);
    expect(told.changes(new Set())).toEqual([{ accountId: "ada", status: "offline" }]);
    expect(told.all()).toEqual([]);
  });
});
