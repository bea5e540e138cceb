import { createServer } from "node:net";

/** A free port below 32768, where no outgoing connection takes it while its program is down. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    const free = await new Promise<boolean>((settle) => {
      server.once("error", () => settle(false)).listen(port, "127.0.0.1", () => server.close(() => settle(true)));
    });
    if (free) return port;
  }
}
