import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { gzipSync } from "node:zlib";
import { fetchPage } from "@/lib/messages/previews/fetch-page";
import type { Network } from "@/lib/messages/previews/network";
import { pageUrl } from "@/lib/messages/previews/page-url";
import { isPublicAddress } from "@/lib/messages/previews/public-address";
import { readPage } from "@/lib/messages/previews/read-page";

describe("[F47] addresses that must not be reached for somebody else", () => {
  test.each<[string, string[]]>([
    ["this machine", ["127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "::1", "::"]],
    ["private networks", ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "100.127.255.255"]],
    [
      "link-local and metadata",
      [
        "169.254.0.1",
        "169.254.169.254",
        "169.254.170.2",
        "fe80::1",
        "fe80::1%eth0",
        "168.63.129.16",
        "100.100.100.200",
        "fd00:ec2::254",
      ],
    ],
    ["unique local and site-local", ["fc00::1", "fd12:3456::1", "fec0::1"]],
    ["multicast and broadcast", ["224.0.0.1", "239.255.255.250", "255.255.255.255", "ff02::1", "ff0e::1"]],
    [
      "reserved",
      [
        "240.0.0.1",
        "192.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "192.88.99.1",
        "100::1",
        "2001:db8::1",
        "3fff::1",
        "4000::1",
      ],
    ],
    [
      "IPv4 inside IPv6",
      [
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "::ffff:8.8.8.8",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
      ],
    ],
    ["no addresses", ["", "localhost", "127.1", "0x7f.0.0.1", "2130706433", "1.2.3.4:80", "1.2.3"]],
  ])("%s", (_, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });

  test.each([
    "8.8.8.8",
    "1.1.1.1",
    "172.15.0.1",
    "172.32.0.1",
    "100.63.0.1",
    "100.128.0.1",
    "169.253.0.1",
    "2606:4700::1111",
    "2a00:1450::1",
  ])("%s is public", (address) => expect(isPublicAddress(address)).toBe(true));
});

describe("[F47] what may be asked for at all", () => {
  test.each([
    "ftp://site.example/",
    "file:///etc/passwd",
    "gopher://site.example/",
    "https://site.example:8443/",
    "http://site.example:22/",
    "http://user@site.example/",
    "http://user:pass@site.example/",
    "http://localhost/",
    "http://metadata/",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://db.home.arpa/",
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[fd00::1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://127。0。0。1/",
    "not an address",
  ])("not %s", (address) => expect(pageUrl(address)).toBeNull());

  test.each(["http://site.example/", "https://site.example:443/a", "http://site.example:80/", "https://8.8.8.8/"])(
    "%s",
    (address) => expect(pageUrl(address)?.href).toBe(new URL(address).href),
  );
});

const PUBLIC = "93.184.215.14";

describe("[F47] a page is fetched from the address that was looked at", () => {
  let server: Server;
  let asked: IncomingMessage[];
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request);
      answer(request, response);
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked = [];
    dialled = [];
    answer = (_, response) => html(response, "<title>Hello</title>");
  });

  let dialled: string[];
  const html = (response: ServerResponse, body: string | Buffer, headers: Record<string, string> = {}) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers }).end(body);
  };
  const redirect = (response: ServerResponse, location: string, status = 302) => {
    response.writeHead(status, { location }).end();
  };

  /** An internet in which every public address is the test's server; the guard before it is the product's own. */
  const network = (names: Record<string, string[]>): Network => ({
    resolve: async (hostname) => names[hostname] ?? Promise.reject(new Error(`no such name: ${hostname}`)),
    connect: (address, port) => {
      dialled.push(`${address}:${port}`);
      const { port: own } = server.address() as AddressInfo;
      return connect({ host: "127.0.0.1", port: own });
    },
  });
  const site = network({ "site.example": [PUBLIC], "other.example": ["2606:4700::1111"] });

  test("by name, and with nothing that tells who asks", async () => {
    const page = await fetchPage("http://site.example/a?b=c#d", site);
    expect(page?.bytes.toString()).toBe("<title>Hello</title>");
    expect(dialled).toEqual([`${PUBLIC}:80`]);
    expect(asked[0]?.url).toBe("/a?b=c");
    expect(Object.keys(asked[0]?.headers ?? {}).sort()).toEqual([
      "accept",
      "accept-encoding",
      "connection",
      "host",
      "user-agent",
    ]);
    expect(asked[0]?.headers.host).toBe("site.example");
  });

  test.each([
    ["to a private address", ["10.0.0.1"]],
    ["to this machine", ["127.0.0.1"]],
    ["to a private address besides a public one", [PUBLIC, "192.168.0.1"]],
    ["to a mapped address", ["::ffff:169.254.169.254"]],
    ["nowhere", []],
  ])("never where the name leads %s", async (_, addresses) => {
    expect(await fetchPage("http://site.example/", network({ "site.example": addresses }))).toBeNull();
    expect(dialled).toEqual([]);
  });

  test("a name that answers otherwise the second time is of no use: it is asked once for each connection", async () => {
    let answers = [[PUBLIC], ["127.0.0.1"]];
    const rebinding: Network = {
      ...site,
      resolve: async () => {
        const [now = ["127.0.0.1"], ...later] = answers;
        answers = later;
        return now;
      },
    };
    answer = (_, response) => redirect(response, "http://site.example/again");
    expect(await fetchPage("http://site.example/", rebinding)).toBeNull();
    expect(dialled).toEqual([`${PUBLIC}:80`]);
  });

  test.each([
    "http://127.0.0.1/",
    "http://[::1]/",
    "http://169.254.169.254/",
    "http://localhost/",
    "http://site.example:8080/",
    "file:///etc/passwd",
    "//user@site.example/",
    "http://inside.example/",
  ])("a redirect to %s is not followed", async (location) => {
    answer = (_, response) => redirect(response, location);
    const names = network({ "site.example": [PUBLIC], "inside.example": ["10.1.2.3"] });
    expect(await fetchPage("http://site.example/", names)).toBeNull();
    expect(dialled).toEqual([`${PUBLIC}:80`]);
  });

  test("three redirects are followed, each looked at anew, and not a fourth", async () => {
    const hops = (count: number) => (request: IncomingMessage, response: ServerResponse) => {
      const hop = Number(request.url?.slice(1));
      if (hop === count) html(response, "<title>There</title>");
      else redirect(response, hop % 2 === 0 ? `http://other.example/${hop + 1}` : `//site.example/${hop + 1}`, 307);
    };
    answer = hops(3);
    expect((await fetchPage("http://site.example/0", site))?.url.href).toBe("http://other.example/3");
    expect(dialled).toEqual([`${PUBLIC}:80`, "2606:4700::1111:80", `${PUBLIC}:80`, "2606:4700::1111:80"]);
    answer = hops(4);
    expect(await fetchPage("http://site.example/0", site)).toBeNull();
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ["a picture", (response) => html(response, "PNG", { "content-type": "image/png" })],
    ["no type", (response) => response.end("<title>a</title>")],
    ["an error", (response) => response.writeHead(404, { "content-type": "text/html" }).end("<title>a</title>")],
    ["an unknown encoding", (response) => html(response, "x", { "content-encoding": "br" })],
  ])("%s is no page", async (_, respond) => {
    answer = (_request, response) => respond(response);
    expect(await fetchPage("http://site.example/", site)).toBeNull();
  });

  test("gzip is unpacked, and no more than 512 KB of it", async () => {
    const packed = { "content-encoding": "gzip" };
    answer = (_, response) => html(response, gzipSync("<title>Small</title>"), packed);
    expect((await fetchPage("http://site.example/", site))?.bytes.toString()).toBe("<title>Small</title>");
    answer = (_, response) => html(response, gzipSync(Buffer.alloc(50_000_000)), packed);
    expect((await fetchPage("http://site.example/", site))?.bytes.length).toBe(512 * 1024);
  });

  test("no more than 512 KB are read of an endless page", async () => {
    answer = (_, response) => {
      response.writeHead(200, { "content-type": "text/html" });
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
      };
      response.on("drain", more);
      more();
    };
    expect((await fetchPage("http://site.example/", site))?.bytes.length).toBe(512 * 1024);
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ["answers nothing", () => undefined],
    ["stops in the middle", (response) => response.writeHead(200, { "content-type": "text/html" }).write("<title>a")],
  ])("a server that %s is given up after five seconds", async (_, respond) => {
    answer = (_request, response) => respond(response);
    await expect(fetchPage("http://site.example/", site)).rejects.toThrow();
  });

  test("a server that cuts the line, and one that speaks no TLS, are errors and not crashes", async () => {
    answer = (request) => request.socket.destroy();
    await expect(fetchPage("http://site.example/", site)).rejects.toThrow();
    await expect(fetchPage("https://site.example/", site)).rejects.toThrow();
    expect(dialled.at(-1)).toBe(`${PUBLIC}:443`);
  });
});

describe("what a page says of itself", () => {
  const read = (html: string | Buffer, contentType = "text/html") =>
    readPage({ url: new URL("https://www.site.example/a"), contentType, bytes: Buffer.from(html) });

  test.each([
    ["its title", "<title>Hello</title>", { title: "Hello", description: "", siteName: "site.example" }],
    [
      "what it is shared by",
      `<head><title>Page</title><meta property="og:title" content="Shared"><meta content='All of it' name=description><meta property=og:site_name content=Site></head>`,
      { title: "Shared", description: "All of it", siteName: "Site" },
    ],
    ["references", "<title>A &amp; B &#39;c&#x27; &mdash; &lt;b&gt;</title>", { title: "A & B 'c' — <b>" }],
    ["blanks", "<title>\n  a\t\n b </title>", { title: "a b" }],
    ["no comments", "<!-- <title>no</title> --><title>yes</title>", { title: "yes" }],
    ["no scripts", "<script>'<title>no</title>'</script><title>yes</title>", { title: "yes" }],
    ["nothing that turns text around", "<title>a\u202eb\u200bc</title>", { title: "abc" }],
    ["only the head", '<head><title>a</title></head><body><meta property="og:title" content="b">', { title: "a" }],
  ])("%s", (_, html, expected) => {
    expect(read(html)).toMatchObject(expected);
  });

  test.each([
    ["the header", Buffer.from("<title>caf\xe9</title>", "latin1"), "text/html; charset=ISO-8859-1"],
    ["the page", Buffer.from('<meta charset="windows-1252"><title>caf\xe9</title>', "latin1"), "text/html"],
    ["its first bytes", Buffer.from("\ufeff<title>café</title>", "utf16le"), "text/html; charset=utf-8"],
    ["nobody", Buffer.from("<title>café</title>"), "text/html; charset=no-such-thing"],
  ])("in the characters that %s names", (_, bytes, contentType) => {
    expect(read(bytes, contentType)?.title).toBe("café");
  });

  test("long texts are cut", () => {
    expect([...(read(`<title>${"😀".repeat(300)}</title>`)?.title ?? "")]).toHaveLength(200);
  });

  test.each(["", "<p>no head</p>", "<title> </title>", "\0\0\0"])("%j says nothing", (html) => {
    expect(read(html)).toBeNull();
  });

  test.each([
    "<meta ",
    "<title ",
    "<!--",
    "<script>",
    "</head ",
    "<meta a",
    "&#",
    `<meta ${"a".repeat(3_900)}>`,
    "a=b ",
  ])("half a megabyte of %j is read", (unit) => {
    expect(() => read(unit.repeat(Math.ceil(524_288 / unit.length)))).not.toThrow();
  });
});
