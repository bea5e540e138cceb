import { connect as dial } from "node:net";
import { type Nodes, PROGRAMS, startNodes } from "@/tests/support/nodes";
import { connect, joinParley, type Person } from "@/tests/support/peer";
import { describeWith } from "@/tests/support/programs";

describeWith(PROGRAMS, "nginx before two nodes", () => {
  let nodes: Nodes;
  let ada: Person;
  beforeAll(async () => {
    nodes = await startNodes();
    ada = await joinParley(nodes.origin, "ada");
  });
  afterAll(() => nodes.close());

  /** The first line of the answer to a request as it is written here. */
  const statusOf = (lines: string[]) =>
    new Promise<string>((answered, failed) => {
      const socket = dial(Number(new URL(nodes.origin).port), "127.0.0.1");
      socket.once("data", (chunk) => {
        answered(chunk.toString("latin1").split("\r\n", 1)[0] ?? "");
        socket.destroy();
      });
      socket.once("error", failed);
      socket.write([...lines, "", ""].join("\r\n"));
    });

  it("lets people sign up, log in and connect, each at either node", async () => {
    const peers = await Promise.all(
      Array.from({ length: 8 }, () => connect(nodes.origin, ada.slug, { token: ada.token })),
    );
    const cookie = [...ada.visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    peers.push(await connect(nodes.origin, ada.slug, { cookie, origin: nodes.origin }));
    const counts = await Promise.all([nodes.a, nodes.b].map(({ origin }) => connectionsOf(origin)));
    expect(counts.reduce((sum, count) => sum + count)).toBe(peers.length);
    for (const count of counts) expect(count).toBeGreaterThan(0);
    for (const peer of peers) peer.close();
  });

  it("gives a page out compressed, which no node did", async () => {
    const page = await fetch(`${nodes.origin}/login`);
    expect(page.headers.get("content-encoding")).toBe("gzip");
    expect(await page.text()).toContain("Log in");
    const own = await fetch(`${nodes.a.origin}/login`, { headers: { "accept-encoding": "identity" } });
    expect(own.headers.get("content-encoding")).toBeNull();
  });

  it("keeps the figures of the nodes to itself, to whom it is this machine", async () => {
    expect((await fetch(`${nodes.a.origin}/metrics`)).status).toBe(200);
    expect((await fetch(`${nodes.origin}/metrics`)).status).toBe(404);
  });

  it("passes no other upgrade on than a WebSocket's, and that only with Parley's own Origin", async () => {
    const handshake = (origin: string) => [
      "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
      `Host: ${new URL(nodes.origin).host}`,
      `Origin: ${origin}`,
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ];
    expect(await statusOf(handshake(nodes.origin))).toContain(" 101 ");
    expect(await statusOf(handshake("http://evil.example"))).toContain(" 403 ");
    const host = `Host: ${new URL(nodes.origin).host}`;
    const h2c = ["GET /login HTTP/1.1", host, "Upgrade: h2c", "Connection: Upgrade, HTTP2-Settings"];
    expect(await statusOf([...h2c, "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"])).toContain(" 200 ");
  });

  it("goes on with one node while the other is away, and hands no request twice to a node", async () => {
    await nodes.a.parley.kill();
    for (let time = 0; time < 20; time += 1) {
      expect((await fetch(`${nodes.origin}/readyz`)).status).toBe(200);
      const { status } = await ada.rest("POST", "/tokens", { name: `token ${time}` });
      expect(status).toBe(201);
    }
    await nodes.a.parley.start();
    const { rows } = await nodes.pool.query("SELECT name FROM tokens WHERE name LIKE 'token %'");
    expect(rows).toHaveLength(20);
  });
});

async function connectionsOf(origin: string): Promise<number> {
  const figures = await (await fetch(`${origin}/metrics`)).text();
  return Number(/^parley_connections (\d+)$/m.exec(figures)?.[1]);
}
