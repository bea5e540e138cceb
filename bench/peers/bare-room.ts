import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";

/**
 * What Parley is held against: a Socket.IO room that stores nothing and checks nothing. A message goes to everybody in
 * the room as it comes, in the form and size of Parley's own.
 */
const http = createServer();
const server = new Server(http, { transports: ["websocket"], perMessageDeflate: false, serveClient: false });
let seq = 0;

interface Sent {
  id: string;
  channelId: string;
  body: string;
}

server.on("connection", (socket) => {
  socket.join("room");
  socket.on("message:send", (sent: Sent, acknowledge: (answer: object) => void) => {
    seq += 1;
    const message = {
      id: sent.id,
      channelId: sent.channelId,
      seq,
      version: seq,
      threadId: null,
      threadSeq: null,
      authorId: sent.id,
      body: sent.body,
      createdAt: new Date().toISOString(),
      editedAt: null,
      deletedAt: null,
      reactions: [],
      attachments: [],
      replyCount: 0,
      lastReplyAt: null,
      mentions: [],
    };
    acknowledge({ ok: true, message });
    server.to("room").emit("message", message);
  });
});

http.listen(0, "127.0.0.1", () => {
  const { port } = http.address() as AddressInfo;
  process.stdout.write(`The bare room is at http://127.0.0.1:${port}\n`);
});
process.on("SIGTERM", () => process.exit(0));
