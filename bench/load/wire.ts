import { once } from "node:events";
import WebSocket from "ws";

/**
 * The Socket.IO protocol by hand, just enough for load: what the benchmark measures is the server, and a full client
 * for each of 200 receivers would be the larger part of the work on a small machine.
 */
export interface Wire {
  /** Sends an event that asks for an acknowledgement. */
  emit(ackId: number, event: string, payload: object): void;
  close(): void;
}

export interface WireTarget {
  origin: string;
  /** Empty for the default namespace. */
  namespace: string;
  token: string;
  /** What the bare server lets the connection into; Parley knows by itself. */
  rooms: string[];
}

/** The frame of an event or an acknowledgement, as it came. */
type Listener = (frame: Buffer) => void;

/**
 * Connects and waits until the server has put the connection into its rooms, which Parley says by answering `sync`.
 * `listen` gets all frames of events and acknowledgements from then on.
 */
export async function connectWire(
  { origin, namespace, token, rooms }: WireTarget,
  listen: Listener,
  lost: () => void,
): Promise<Wire> {
  const socket = new WebSocket(`${origin.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`, {
    perMessageDeflate: false,
    maxPayload: 0,
  });
  const prefix = namespace === "" ? "" : `${namespace},`;
  await once(socket, "open");
  socket.send(`40${prefix}${JSON.stringify({ token, rooms })}`);
  let closed = false;
  socket.on("close", () => closed || lost());
  let ready = false;
  await new Promise<void>((resolve, reject) => {
    const begin = () => {
      ready = true;
      resolve();
    };
    socket.on("message", (data: Buffer) => {
      // Engine.IO: "2" is a ping, "4" a message; Socket.IO in it: "0" connected, "2" an event, "3" an ack, "4" refused.
      if (data[0] === 0x32) socket.send("3");
      else if (data[0] !== 0x34) return;
      else if (data[1] === 0x30 && namespace === "") begin();
      else if (data[1] === 0x30) socket.send(`42${prefix}0["sync",{"cursors":{}}]`);
      else if (data[1] === 0x33 && !ready) begin();
      else if (data[1] === 0x34) reject(new Error(`Refused: ${data}`));
      else listen(data);
    });
  });
  return {
    emit: (ackId, event, payload) => socket.send(`42${prefix}${ackId}${JSON.stringify([event, payload])}`),
    close() {
      closed = true;
      socket.close();
    },
  };
}

/** Runs `work` for each item, so many at a time that connecting a thousand does not take a thousand turns. */
export async function forEachOf<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const left = items.entries();
  const lane = async () => {
    for (const [index, item] of left) await work(item, index);
  };
  await Promise.all(Array.from({ length: 20 }, lane));
}
