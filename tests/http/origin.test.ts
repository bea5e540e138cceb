import { isOwnOrigin } from "@/lib/http/origin";

const PUBLIC_URL = "https://chat.example";

test("with PUBLIC_URL its origin is our own, whatever the Host", () => {
  expect(isOwnOrigin("https://chat.example", "10.0.0.7:3000", PUBLIC_URL)).toBe(true);
});

test.each([
  ["none", undefined],
  ["null", "null"],
  ["an empty one", ""],
  ["another site", "https://evil.example"],
  ["a suffix", "https://chat.example.evil"],
  ["a prefix", "https://evil-chat.example"],
  ["a subdomain", "https://a.chat.example"],
  ["another port", "https://chat.example:8443"],
  ["plain http", "http://chat.example"],
  ["user information", "https://chat.example@evil.example"],
  ["a path", "https://chat.example/"],
  ["another case", "https://CHAT.example"],
  ["two origins", "https://chat.example https://evil.example"],
])("with PUBLIC_URL an Origin that is %s is foreign", (_what, origin) => {
  expect(isOwnOrigin(origin, "chat.example", PUBLIC_URL)).toBe(false);
});

test.each([
  ["http://localhost:3000", "localhost:3000"],
  ["http://192.168.1.9:3000", "192.168.1.9:3000"],
  ["http://[::1]:3000", "[::1]:3000"],
  ["https://chat.example", "chat.example"],
  ["https://chat.example", "chat.example:443"],
  ["http://chat.example", "Chat.Example:80"],
])("without PUBLIC_URL %s is our own where the Host is %s", (origin, host) => {
  expect(isOwnOrigin(origin, host, null)).toBe(true);
});

test.each([
  ["http://localhost:3001", "localhost:3000"],
  ["http://evil.example", "localhost:3000"],
  ["http://localhost.evil.example:3000", "localhost:3000"],
  ["null", "localhost:3000"],
  ["http://evil.example", "localhost@evil.example"],
  ["http://evil.example", "evil.example/"],
  ["http://localhost:3000", undefined],
])("without PUBLIC_URL %s is foreign where the Host is %s", (origin, host) => {
  expect(isOwnOrigin(origin, host, null)).toBe(false);
});
