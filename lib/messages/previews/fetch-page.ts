import { type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import { connect as connectTls } from "node:tls";
import { createGunzip } from "node:zlib";
import type { Network } from "@/lib/messages/previews/network";
import { literalIn, pageUrl } from "@/lib/messages/previews/page-url";
import { isPublicAddress } from "@/lib/messages/previews/public-address";

const TIMEOUT_MS = 5_000;
const BYTES_MOST = 512 * 1024;
const REDIRECTS_MOST = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const PAGES = /^(?:text\/html|application\/xhtml\+xml)\b/i;

export interface FetchedPage {
  /** Where the redirects ended. */
  url: URL;
  contentType: string;
  /** The beginning of the page, whole for most. */
  bytes: Buffer;
}

/**
 * The page at an address that somebody wrote into a message; null where there is none that may be read.
 *
 * The server must not be made to reach what only it can reach. So each name is resolved here, every address that it has
 * must be public, and the connection is opened to the very address that was looked at, at every redirect anew. Nothing
 * is sent that tells who asks: no cookies, no referrer, no proxy of the environment.
 */
export async function fetchPage(address: string, network: Network): Promise<FetchedPage | null> {
  const deadline = AbortSignal.timeout(TIMEOUT_MS);
  let url = pageUrl(address);
  for (let hop = 0; url !== null && hop <= REDIRECTS_MOST; hop += 1) {
    const response = await ask(url, network, deadline);
    if (response === null) return null;
    const { statusCode = 0, headers } = response;
    if (REDIRECTS.has(statusCode) && headers.location !== undefined) {
      response.destroy();
      url = pageUrl(headers.location, url);
      continue;
    }
    const contentType = headers["content-type"] ?? "";
    const body = statusCode === 200 && PAGES.test(contentType) ? decompressed(response) : null;
    if (body === null) {
      response.destroy();
      return null;
    }
    return { url, contentType, bytes: await beginningOf(body, response) };
  }
  return null;
}

/** The answer's head; null where the name leads to no public address, or to any other besides. */
async function ask(url: URL, network: Network, signal: AbortSignal): Promise<IncomingMessage | null> {
  const literal = literalIn(url.hostname);
  const addresses = literal === null ? await before(signal, network.resolve(url.hostname)) : [literal];
  const [first] = addresses;
  if (first === undefined || !addresses.every(isPublicAddress)) return null;
  const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80);
  const socket = network.connect(first, port);
  // Whatever happens to the request, nothing of the connection stays.
  signal.addEventListener("abort", () => socket.destroy(), { once: true });
  const secure = url.protocol === "https:" ? encrypted(socket, literal === null ? url.hostname : "") : socket;
  return await new Promise((answered, failed) => {
    for (const line of [socket, secure]) line.on("error", failed);
    const asking = request(url, {
      // The connection is there already, encrypted or not: only what is said over it is HTTP.
      protocol: "http:",
      createConnection: () => secure,
      signal,
      maxHeaderSize: 16 * 1024,
      headers: {
        host: url.host,
        accept: "text/html,application/xhtml+xml",
        "accept-encoding": "gzip",
        "user-agent": "Mozilla/5.0 (compatible; Parley link preview)",
        connection: "close",
      },
    });
    asking.once("response", answered);
    asking.on("error", failed);
    asking.end();
  });
}

function encrypted(socket: Socket, servername: string): Socket {
  return connectTls({ socket, servername, ALPNProtocols: ["http/1.1"] });
}

/** gzip alone: Node's Brotli had a hole that let an answer take the process over, and Node 20 gets no mending. */
function decompressed(response: IncomingMessage): Readable | null {
  switch (response.headers["content-encoding"] ?? "identity") {
    case "identity":
      return response;
    case "gzip":
      return response.pipe(createGunzip());
    default:
      return null;
  }
}

/** As much as is wanted, counted after decompression: a small answer may be made to swell. */
async function beginningOf(body: Readable, response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  response.once("error", (error) => body.destroy(error));
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= BYTES_MOST) break;
  }
  response.destroy();
  return Buffer.concat(chunks).subarray(0, BYTES_MOST);
}

/** Names are resolved by the system, which cannot be told to stop; it is only not waited for any longer. */
function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((done, failed) => {
    signal.addEventListener("abort", () => failed(signal.reason), { once: true });
    work.then(done, failed);
  });
}
