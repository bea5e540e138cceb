import { channelAt, channelPath } from "@/lib/channels/channel-path";

const general = { id: "0198c0de-0000-7000-8000-000000000001", name: "general" };
const slash = { id: "0198c0de-0000-7000-8000-000000000002", name: "fish / chips?" };
const dots = { id: "0198c0de-0000-7000-8000-000000000003", name: ".." };
const channels = [general, slash, dots];

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

test("a channel's address carries its name", () => {
  expect(channelPath("parley", general)).toBe("/parley/general");
});

test.each(channels)("the address of $name leads back to it", (channel) => {
  const path = channelPath("parley", channel);
  expect(new URL(path, "http://parley.test").pathname).toBe(path);
  expect(channelAt(lastPart(path), channels)).toBe(channel);
});

test("a channel is found by its id, and by its name in any case", () => {
  expect(channelAt(general.id, channels)).toBe(general);
  expect(channelAt("General", channels)).toBe(general);
});

test("an address that names nothing, or is no valid encoding, leads nowhere", () => {
  expect(channelAt("nowhere", channels)).toBeUndefined();
  expect(channelAt("%E0%A4%A", channels)).toBeUndefined();
});
