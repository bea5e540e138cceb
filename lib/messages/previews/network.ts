import { lookup } from "node:dns/promises";
import { connect, type Socket } from "node:net";

/** How the world outside is reached. It decides nothing: what may be reached is decided in fetch-page.ts. */
export interface Network {
  /** All addresses of a name. */
  resolve(hostname: string): Promise<string[]>;
  /** Opens a connection to exactly this address. */
  connect(address: string, port: number): Socket;
}

export const internet: Network = {
  resolve: async (hostname) => (await lookup(hostname, { all: true })).map(({ address }) => address),
  connect: (host, port) => connect({ host, port }),
};
