import { HonestClient } from "@/tests/support/honest-client";
import { type Nodes, PROGRAMS, startNodes } from "@/tests/support/nodes";
import { joinParley } from "@/tests/support/peer";
import { describeWith } from "@/tests/support/programs";
import { allCaughtUp, expectPromisesKept } from "@/tests/support/promises";

const CAST = ["ada", "brook", "chidi", "dilnoza", "esi", "farid"];

describeWith(PROGRAMS, "two nodes behind nginx, under load", () => {
  let nodes: Nodes;
  let clients: HonestClient[];

  beforeAll(async () => {
    nodes = await startNodes();
    const people = await Promise.all(CAST.map((name) => joinParley(nodes.origin, name)));
    clients = people.map((person) => new HonestClient(person, nodes.origin));
    await Promise.all(clients.map((client) => client.until(({ held }) => held.size === 2)));
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await nodes.close();
  });

  /** Everybody has more to say than this waits for: it resolves when so many more are acknowledged than there were. */
  async function progress(more: number): Promise<void> {
    const each = Array.from({ length: more }, (_, n) => `this is ${n}`);
    for (const client of clients) {
      for (const channelId of client.held.keys()) client.say(channelId, ...each);
    }
    const total = () => clients.reduce((sum, client) => sum + client.acknowledged(), 0);
    const wanted = total() + more;
    await Promise.race(clients.map((client) => client.until(() => total() >= wanted)));
  }

  const settle = async () => {
    await allCaughtUp(nodes, clients);
    await expectPromisesKept(nodes, clients);
  };

  it("[F06] are stopped from running in turn, and nobody misses anything", async () => {
    for (const node of [nodes.a, nodes.b]) {
      await progress(30);
      node.pause();
      // nginx has given each of them some of the people, and those of the other go on.
      await progress(30);
      node.resume();
    }
    await settle();
  });

  it("[F30] are restarted one after the other, and nothing that was acknowledged is lost or doubled", async () => {
    for (const { parley } of [nodes.a, nodes.b]) {
      await progress(30);
      expect(await parley.stop()).toBe(0);
      await progress(30);
      await parley.start();
    }
    await settle();
  });

  it("[F02] are killed in turn, and nothing that was acknowledged is lost or doubled", async () => {
    for (const { parley } of [nodes.a, nodes.b, nodes.a]) {
      await progress(30);
      await parley.kill();
      await progress(30);
      await parley.start();
    }
    await settle();
  });
});
