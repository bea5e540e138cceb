import "@/tests/convergence/run/browser-page";
import { Conversation } from "@/lib/messages/conversation";
import { createConnection } from "@/lib/realtime/browser/connection";
import { messageOf, NOTHING_MISSED, settled, stage } from "@/tests/realtime/browser-stage";

const ADA = { id: "ada", kind: "member" as const, username: "ada", displayName: "Ada" };

test("[R4] what is said while a channel is left, joined and read again stands in its timeline without a hole", async () => {
  const server = stage();
  const connection = createConnection({ slug: "harbour", epoch: "one", accountId: "ada", open: server.open });
  const conversation = new Conversation({ connection, viewer: ADA });
  const stop = conversation.start();
  server.greet();
  (await server.request("sync")).succeed(NOTHING_MISSED);
  await settled();

  void conversation.load({ channelId: "general", threadId: null }, "newest");
  const history = await server.request("history");
  server.tell()["channel:left"]({ channelId: "general" });
  server.tell()["channel:changes"]({ channelId: "general", from: 2, to: 3, messages: [messageOf(3)] });
  history.succeed({ messages: [messageOf(1), messageOf(2)], hasOlder: false, hasNewer: false, version: 2 });
  await settled();

  const held = conversation.timelines.get("general").messages.map(({ seq }) => seq);
  stop();
  connection.close();
  expect(held).toEqual([1, 2, 3]);
});
