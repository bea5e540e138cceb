import WebSocket from "ws";
import { dial, joinParley, type Person, refusalOf } from "@/tests/support/peer";
import { type Parley, startParley } from "@/tests/support/server";

let parley: Parley;
let polling: Parley;
let ada: Person;
let pollster: Person;

beforeAll(async () => {
  parley = await startParley({ env: { RATE_LIMITS: "off" } });
  polling = await startParley({ env: { POLLING: "on" } });
  ada = await joinParley(parley.origin, "ada");
  pollster = await joinParley(polling.origin, "ada");
});
afterAll(async () => {
  await parley.stop();
  await polling.stop();
});

const cookieOf = (person: Person) => `parley.sid=${person.visitor.cookies.get("parley.sid")}`;

describe("a handshake", () => {
  it.each([
    ["nothing to show", {}],
    ["a wrong token", { token: "parley_wrong" }],
    ["an empty token", { token: "" }],
    ["a token of 10,000 characters", { token: "x".repeat(10_000) }],
  ])("with %s is refused", async (_, credentials) => {
    expect(await refusalOf(parley.origin, `/w/${ada.slug}`, credentials)).toBe("unauthenticated");
  });

  it.each(["/", "/admin", "/__proto__", "/w/", "/w/none", "/w/PARLEY", "/w/parley/"])(
    "to a namespace that is none is not found: %s",
    async (namespace) => {
      expect(await refusalOf(parley.origin, namespace, { token: ada.token })).toBe("not_found");
      expect(await refusalOf(parley.origin, namespace, {})).toBe("unauthenticated");
    },
  );

  it("takes no token from the address", async () => {
    const socket = dial(`${parley.origin}`, `/w/${ada.slug}?token=${ada.token}`, {});
    const refused = await new Promise<Error & { data?: { code?: string } }>((refuse) =>
      socket.once("connect_error", refuse),
    );
    socket.close();
    expect(refused.data?.code).toBe("unauthenticated");
  });
});

describe("the connections of one account", () => {
  it("are at most fifty, though sixty come at once", async () => {
    const brook = await joinParley(parley.origin, "brook");
    const sockets = Array.from({ length: 60 }, () => dial(parley.origin, `/w/${brook.slug}`, { token: brook.token }));
    const fates = await Promise.all(
      sockets.map(
        (socket) =>
          new Promise<string>((decided) => {
            socket.once("hello", () => decided("welcome"));
            socket.once("connect_error", (error: Error & { data?: { code?: string } }) =>
              decided(error.data?.code ?? ""),
            );
          }),
      ),
    );
    expect(fates.filter((fate) => fate === "welcome")).toHaveLength(50);
    expect(fates.filter((fate) => fate === "rate_limited")).toHaveLength(10);
    for (const socket of sockets) socket.close();
  });
});

/** Origins that are not Parley's own, made from its own. */
const foreign = (own: string): [string, string][] => {
  const { host, port } = new URL(own);
  return [
    ["another site", "https://evil.example"],
    ["null", "null"],
    ["another port", `http://127.0.0.1:${Number(port) - 1}`],
    ["no port", "http://127.0.0.1"],
    ["our host with a suffix", `http://${host}.evil.example`],
    ["our host as a user name", `http://${host}@evil.example`],
    ["another scheme", `ftp://${host}`],
    ["a path", `${own}/`],
    ["another case", own.toUpperCase()],
    ["a list", `${own} https://evil.example`],
  ];
};
const NAMES = foreign("http://127.0.0.1:2").map(([name]) => name);
const originOf = (name: string, own: string) => foreign(own).find(([known]) => known === name)?.[1] ?? "";

describe("[F40] a WebSocket that another site opens with somebody's cookie", () => {
  /** The status of the answer to the upgrade. */
  const upgrade = (at: Parley, headers: Record<string, string>, path = "/socket.io/") =>
    new Promise<number>((answered) => {
      const url = `${at.origin.replace("http", "ws")}${path}?EIO=4&transport=websocket`;
      const socket = new WebSocket(url, { headers });
      socket.on("open", () => answered(101));
      socket.on("unexpected-response", (_request, response) => answered(response.statusCode ?? 0));
      socket.on("error", () => undefined);
      socket.on("close", () => answered(0));
      socket.once("open", () => socket.terminate());
    });

  it.each(NAMES)("is refused: %s", async (name) => {
    const headers = { cookie: cookieOf(ada), origin: originOf(name, parley.origin) };
    expect(await upgrade(parley, headers)).toBe(403);
    expect(await upgrade(polling, { ...headers, origin: originOf(name, polling.origin) })).toBe(403);
  });

  it("is let in with our own Origin", async () => {
    expect(await upgrade(parley, { cookie: cookieOf(ada), origin: parley.origin })).toBe(101);
    await expect(
      refusalOf(parley.origin, `/w/${ada.slug}`, { cookie: cookieOf(ada), origin: parley.origin }),
    ).rejects.toThrow("welcomed");
  });

  it("without an Origin gets no further than the handshake: a cookie is not enough", async () => {
    const socket = dial(parley.origin, `/w/${ada.slug}`, {});
    socket.io.opts.extraHeaders = { cookie: cookieOf(ada) };
    const refused = await new Promise<Error & { data?: { code?: string } }>((refuse) =>
      socket.once("connect_error", refuse),
    );
    socket.close();
    expect(refused.data?.code).toBe("unauthenticated");
  });

  it("at any other address is no WebSocket", async () => {
    for (const path of ["/", "/parley/general", "/_next/hmr", "/socket.io", "/api/v1/me"])
      expect(await upgrade(parley, { origin: parley.origin }, path)).toBe(400);
  });
});

describe("[F40] long-polling", () => {
  const poll = (at: Parley, headers: Record<string, string>, init: RequestInit = {}) =>
    fetch(`${at.origin}/socket.io/?EIO=4&transport=polling`, { ...init, headers });

  it("is off unless it is asked for", async () => {
    expect((await poll(parley, { origin: parley.origin })).status).toBe(400);
  });

  it.each(NAMES)("from another site is refused: %s", async (name) => {
    const { status } = await poll(polling, { cookie: cookieOf(pollster), origin: originOf(name, polling.origin) });
    expect(status).toBe(403);
  });

  it("lets in with a cookie and our own Origin, and not without an Origin", async () => {
    const connectBy = async (headers: Record<string, string>) => {
      const opened = await (await poll(polling, headers)).text();
      const { sid }: { sid: string } = JSON.parse(opened.slice(1));
      const url = `${polling.origin}/socket.io/?EIO=4&transport=polling&sid=${sid}`;
      await fetch(url, {
        method: "POST",
        headers: { ...headers, "content-type": "text/plain" },
        body: `40/w/${pollster.slug},`,
      });
      const first = await (await fetch(url, { headers })).text();
      return first.includes('{"sid"') ? first + (await (await fetch(url, { headers })).text()) : first;
    };
    expect(await connectBy({ cookie: cookieOf(pollster), origin: polling.origin })).toContain("hello");
    expect(await connectBy({ cookie: cookieOf(pollster) })).toContain("unauthenticated");
  });

  it("from another site is refused also when it knows the connection's name", async () => {
    const own = { cookie: cookieOf(pollster), origin: polling.origin };
    const { sid }: { sid: string } = JSON.parse((await (await poll(polling, own)).text()).slice(1));
    const url = `${polling.origin}/socket.io/?EIO=4&transport=polling&sid=${sid}`;
    const evil = { cookie: cookieOf(pollster), origin: "https://evil.example" };
    const sent = await fetch(url, {
      method: "POST",
      headers: { ...evil, "content-type": "text/plain" },
      body: `40/w/${pollster.slug},`,
    });
    expect(sent.status).toBe(403);
  });

  it("[F44] takes a hundred thousand packets in one poll for what they are: too much", async () => {
    const own = { cookie: cookieOf(pollster), origin: polling.origin };
    const { sid }: { sid: string } = JSON.parse((await (await poll(polling, own)).text()).slice(1));
    const url = `${polling.origin}/socket.io/?EIO=4&transport=polling&sid=${sid}`;
    const body = Array(100_000).fill("42[]").join("\u001e");
    const answer = await fetch(url, { method: "POST", headers: { ...own, "content-type": "text/plain" }, body }).catch(
      () => null,
    );
    expect(answer?.status ?? 413).toBe(413);
    expect((await fetch(`${polling.origin}/healthz`)).status).toBe(200);
  });
});
