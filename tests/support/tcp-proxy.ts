import { createServer, connect as dial, type Server, type Socket } from "node:net";
import type { FrameFault, Way } from "@/tests/support/frame-faults";
import { Lane, type Mode } from "@/tests/support/proxy-lane";

export interface TcpProxy {
  /** Where clients connect to, in place of the server's own origin. */
  origin: string;
  /** Changes all connections, those of now and those to come. */
  set(mode: Mode): void;
  /** Changes only connections that are yet to come. */
  setForNew(mode: Mode): void;
  /** Does this to single frames of all connections, in this order, from now on; none makes an end of it. */
  tamper(...faults: FrameFault[]): void;
  /** Ends the connections of now; their clients may come back. */
  cut(by: "reset" | "fin"): void;
  /** How many connections there are. */
  connections(): number;
  close(): Promise<void>;
}

/** Opens a proxy on a free port of this machine before the server at `origin`. */
export async function openProxy(origin: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(origin);
  const links = new Set<Link>();
  let mode: Mode = { kind: "pass" };
  let faults: FrameFault[] = [];

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const link = new Link(client, dial({ host: hostname, port: Number(port), allowHalfOpen: true, noDelay: true }));
    links.add(link);
    link.over.then(() => links.delete(link));
    link.tamper(faults);
    link.set(mode);
  });
  await listen(server);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    set(next) {
      mode = next;
      for (const link of links) link.set(next);
    },
    setForNew(next) {
      mode = next;
    },
    tamper(...next) {
      faults = next;
      for (const link of links) link.tamper(next);
    },
    cut(by) {
      for (const link of links) link.end(by);
    },
    connections: () => links.size,
    async close() {
      for (const link of links) link.end("reset");
      await new Promise((closed) => server.close(closed));
    },
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((listening, failed) => {
    server.once("error", failed).listen(0, "127.0.0.1", listening);
  });
}

/** One client's connection and the one to the server behind it. */
class Link {
  /** Resolves when both are closed. */
  readonly over: Promise<unknown>;
  private readonly lanes: Record<Way, Lane>;
  private passed = 0;
  private mode: Mode = { kind: "pass" };

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
  ) {
    const reports = { passed: (bytes: number) => this.count(bytes), reset: () => this.end("reset") };
    this.lanes = {
      toServer: new Lane("toServer", client, server, reports),
      toClient: new Lane("toClient", server, client, reports),
    };
    this.over = Promise.all([client, server].map((socket) => new Promise((closed) => socket.once("close", closed))));
  }

  set(mode: Mode): void {
    this.mode = mode;
    this.passed = 0;
    if (mode.kind === "reset" || mode.kind === "fin") this.end(mode.kind);
    else for (const lane of Object.values(this.lanes)) lane.shape(mode, this.room());
  }

  tamper(faults: FrameFault[]): void {
    for (const way of ["toServer", "toClient"] as const) {
      this.lanes[way].tamper(faults.filter((fault) => fault.way === way).map(({ open }) => open()));
    }
  }

  end(by: "reset" | "fin"): void {
    for (const lane of Object.values(this.lanes)) lane.stop();
    for (const socket of [this.client, this.server]) {
      if (by === "reset") socket.resetAndDestroy();
      else {
        socket.end();
        // Whoever does not answer the end with its own is waited for no longer.
        socket.destroySoon();
      }
    }
  }

  /** How many bytes may still pass before the cut. */
  private room(): () => number {
    return () => (this.mode.kind === "cutAfter" ? this.mode.bytes - this.passed : Number.POSITIVE_INFINITY);
  }

  private count(bytes: number): void {
    this.passed += bytes;
    if (this.mode.kind === "cutAfter" && this.passed >= this.mode.bytes) this.end(this.mode.by);
  }
}
