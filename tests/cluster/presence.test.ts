import { type Nodes, PROGRAMS, startNodes } from "@/tests/support/nodes";
import { connect, joinParley, type Peer, type Person } from "@/tests/support/peer";
import { describeWith } from "@/tests/support/programs";

describeWith(PROGRAMS, "who is there, over two nodes", () => {
  let nodes: Nodes;
  let ada: Person;
  let brook: Person;

  beforeAll(async () => {
    nodes = await startNodes();
    ada = await joinParley(nodes.a.origin, "ada");
    brook = await joinParley(nodes.b.origin, "brook");
  });
  afterAll(() => nodes.close());

  const at = (node: "a" | "b", { slug, token }: Person): Promise<Peer> => connect(nodes[node].origin, slug, { token });
  const toldOf = (peer: Peer, { account }: Person) =>
    peer
      .told("presence")
      .flatMap(({ changes }) => changes)
      .filter(({ accountId }) => accountId === account.id)
      .map(({ status }) => status);
  const hears = (peer: Peer, { account }: Person, status: "online" | "away" | "offline") =>
    peer.hears("presence", ({ changes }) =>
      changes.some((change) => change.accountId === account.id && change.status === status),
    );

  it("is told on the one when somebody comes to the other, moves between them, and goes", async () => {
    const watching = await at("a", ada);
    const first = await at("b", brook);
    await hears(watching, brook, "online");

    const second = await at("a", brook);
    await hears(second, ada, "online");
    first.close();
    const third = await at("b", brook);
    second.close();
    third.close();
    await hears(watching, brook, "offline");
    expect(toldOf(watching, brook)).toEqual(["online", "offline"]);
    watching.close();
  });

  it("is told that somebody is away only when no node knows better", async () => {
    const watching = await at("a", ada);
    const desk = await at("b", brook);
    const phone = await at("a", brook);
    await hears(watching, brook, "online");
    await desk.ask("presence:set", { status: "away" });
    await phone.ask("presence:set", { status: "away" });
    await hears(watching, brook, "away");
    phone.close();
    await desk.ask("presence:set", { status: "active" });
    await watching.hears("presence", () => toldOf(watching, brook).at(-1) === "online");
    desk.close();
    await hears(watching, brook, "offline");
    watching.close();
  });

  it("is told of who is writing, on the other node", async () => {
    const { id: channelId } = await ada.channel("general");
    const looking = await at("a", ada);
    await looking.ask("channel:open", { channelId });
    const writing = await at("b", brook);
    await writing.ask("typing", { channelId });
    expect(await looking.hears("typing")).toEqual({ channelId, accountId: brook.account.id });
    looking.close();
    writing.close();
  });

  it("and that people are gone whose node was killed", async () => {
    const watching = await at("a", ada);
    await at("b", brook);
    await hears(watching, brook, "online");
    await nodes.b.parley.kill();
    await hears(watching, brook, "offline");
    watching.close();
  });
});
