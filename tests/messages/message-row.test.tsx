import { renderToStaticMarkup } from "react-dom/server";
import type { Clock } from "@/lib/messages/components/clock";
import { MessageRow } from "@/lib/messages/components/message-row";
import { daysOf } from "@/lib/messages/components/message-rows";
import type { MessageView } from "@/lib/messages/message.events";
import { messageOf } from "@/tests/realtime/browser-stage";

const clock: Clock = { time: (at) => at.slice(11, 16), dayKey: (at) => at.slice(0, 10), dayName: (at) => at };
const nothing = () => undefined;

function drawn(message: MessageView): string {
  const rows = daysOf([message], undefined, [], "brook", clock, null).flatMap((day) => day.rows);
  return renderToStaticMarkup(
    rows.map((row) => (
      <MessageRow
        key={row.id}
        {...row}
        authorName="Ada"
        time={clock.time(row.at)}
        lastReply={row.lastReplyAt}
        called={false}
        marked={false}
        newest={false}
        onRetry={nothing}
        onDiscard={nothing}
      />
    )),
  );
}

test("a message that carries reactions shows how many there are of each", () => {
  const reactions = [{ emoji: "👍", accountIds: ["brook", "chidi"] }];
  expect(drawn(messageOf(1, { reactions }))).toMatch(/👍<\/span> 2</);
  expect(drawn(messageOf(1))).not.toContain("Reactions");
});

test("an edited message says so", () => {
  expect(drawn(messageOf(1, { editedAt: "2026-11-23T14:06:00.000Z" }))).toMatch(/body 1<span[^>]*><span>\(edited\)/);
});

test("and so it does behind what cannot take it into its line", () => {
  const editedAt = "2026-11-23T14:06:00.000Z";
  expect(drawn(messageOf(1, { editedAt, body: "- one" }))).toContain("(edited)");
});

test("a deleted message says that it was there, and who wrote it", () => {
  const deletedAt = "2026-11-23T14:07:00.000Z";
  const row = drawn(messageOf(1, { body: "", deletedAt, editedAt: deletedAt }));
  expect(row).toContain("This message was deleted.");
  expect(row).toContain("Ada");
  expect(row).not.toContain("(edited)");
});
