import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Replacement } from "@/tests/support/server-variant";

/**
 * The product in an internet of the test's own, in which every public address is the one web server named by
 * TEST_SITE_PORT, and only names under site.example exist. What may be reached is decided by the product's own guard.
 */
export const OWN_INTERNET: readonly Replacement[] = [
  {
    file: "lib/messages/previews/network.ts",
    find: "(await lookup(hostname, { all: true })).map(({ address }) => address)",
    replace: `hostname === "inside.site.example" ? ["10.0.0.1"] : hostname.endsWith("site.example") ? ["93.184.215.14"] : []`,
  },
  {
    file: "lib/messages/previews/network.ts",
    find: "connect({ host, port })",
    replace: `(void host, void port, connect({ host: "127.0.0.1", port: Number(process.env.TEST_SITE_PORT) }))`,
  },
];

export interface Site {
  port: number;
  /** The address of every page that was asked for. */
  asked: string[];
  close(): void;
}

/** A web server on which each page is titled by its path. */
export async function openSite(): Promise<Site> {
  const asked: string[] = [];
  const server = createServer(({ url = "", headers }, response) => {
    asked.push(`${headers.host}${url}`);
    response.writeHead(200, { "content-type": "text/html" });
    response.end(`<title>Page ${url} &lt;b&gt;</title><meta name=description content="All about ${url}">`);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
