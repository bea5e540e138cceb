import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";

/**
 * What Parley is held against: a Socket.IO server that stores nothing and checks nothing. A connection enters the rooms
 * that it names and is greeted; a message goes to everybody in its room as it comes, in the form and size of Parley's
 * own; a page of history is always the same one.
 */
const http = createServer();
const server = new Server(http, { transports: ["websocket"], perMessageDeflate: false, serveClient: false });
let seq = 0;

interface Sent {
  id: string;
  channelId: string;
  body: string;
}
type Acknowledge = (answer: object) => void;

function messageOf({ id, channelId, body }: Sent): object {
  seq += 1;
  return {
    id,
    channelId,
    seq,
    version: seq,
    threadId: null,
    threadSeq: null,
    authorId: id,
    body,
    createdAt: new Date().toISOString(),
    editedAt: null,
    deletedAt: null,
    reactions: [],
    attachments: [],
    replyCount: 0,
    lastReplyAt: null,
    mentions: [],
  };
}

const ID = "00000000-0000-7000-8000-000000000000";
const PAGE = Array.from({ length: 50 }, () => messageOf({ id: ID, channelId: ID, body: "a".repeat(80) }));

server.on("connection", (socket) => {
  const rooms: unknown = socket.handshake.auth.rooms;
  if (Array.isArray(rooms)) socket.join(rooms.map(String));
  socket.emit("hello", { serverTime: new Date().toISOString() });
  socket.on("message:send", (sent: Sent, acknowledge: Acknowledge) => {
    const message = messageOf(sent);
    acknowledge({ ok: true, message });
    server.to(sent.channelId).emit("message", message);
  });
  socket.on("history", (_range: object, acknowledge: Acknowledge) => acknowledge({ ok: true, messages: PAGE }));
});

http.listen(0, "127.0.0.1", () => {
  const { port } = http.address() as AddressInfo;
  process.stdout.write(`The bare server is at http://127.0.0.1:${port}\n`);
});
process.on("SIGTERM", () => process.exit(0));
