import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");

/** The server's own sources by their path, without what the browser loads and what is generated. */
const sources = ["app", "lib"]
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((at) => `${folder}/${at}`),
  )
  .filter((path) => path.endsWith(".ts") && !/\/(browser|components|generated)\//.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));

/** Every `emit` that is not to one socket, nor an emitter's own (the server's is never `this`). */
const emitsToRoom = (text: string) =>
  [...text.matchAll(/(\w+|\))\??\.emit\(/g)].filter(([, to]) => to !== "socket" && to !== "this").length;

const filesThat = (does: (text: string) => boolean) => sources.filter(({ text }) => does(text)).map(({ path }) => path);

test("[R3] only the group commit appends messages, and its statement stands in the database", () => {
  expect(filesThat((text) => /INSERT\s+INTO\s+messages\b/i.test(text))).toEqual([]);
  expect(filesThat((text) => /\bappend_messages\s*\(/.test(text))).toEqual(["lib/messages/log/commit.ts"]);
});

test("[R3] only membership.service changes who is in a channel", () => {
  expect(
    filesThat((text) => /(INSERT\s+INTO|DELETE\s+FROM)\s+(channel_members|membership_changes)\b/i.test(text)),
  ).toEqual(["lib/channels/membership.service.ts"]);
});

test("[R4] only realtime/emit emits to a room", () => {
  expect(filesThat((text) => emitsToRoom(text) > 0)).toEqual(["lib/realtime/emit.ts"]);
});

test.each([
  ['namespace.to(room).emit("x", fact)', 1],
  ['server.of("/").emit("x", fact)', 1],
  ['target?.emit("x", fact)', 1],
  ['socket.emit("x", fact)', 0],
])("[R4] what counts as emitting to a room: %s", (text, count) => expect(emitsToRoom(text)).toBe(count));
