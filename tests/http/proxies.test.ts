import { addressBehind, proxyList } from "@/lib/http/proxies";
import { parseSettings } from "@/lib/shared/settings";
import { startParley } from "@/tests/support/server";
import { member, visit } from "@/tests/support/visitor";

const ours = proxyList(["10.0.0.0/8", "192.0.2.1", "2001:db8::/32"]);

test.each([
  ["nobody's proxy", "203.0.113.9", "198.51.100.1", "203.0.113.9"],
  ["our proxy", "10.1.2.3", "198.51.100.1", "198.51.100.1"],
  ["our proxy, heard over IPv6", "::ffff:10.1.2.3", "198.51.100.1", "198.51.100.1"],
  ["two of ours", "192.0.2.1", "198.51.100.1, 10.9.9.9", "198.51.100.1"],
  ["ours, and what a stranger made up before", "10.1.2.3", "127.0.0.1, 10.0.0.1, 198.51.100.1", "198.51.100.1"],
  ["ours over IPv6", "2001:db8::7", "2001:db9::1", "2001:db9::1"],
  ["ours, that says nothing", "10.1.2.3", undefined, "10.1.2.3"],
  ["ours, that says nonsense", "10.1.2.3", "198.51.100.1, unknown", "10.1.2.3"],
])("a request that came by %s is from the right address", (_by, heardFrom, forwardedFor, address) => {
  expect(addressBehind(ours, heardFrom, forwardedFor)).toBe(address);
});

test.each(["10.0.0.0/33", "10.0.0", "localhost", "::/129", "10.0.0.0/8/8", "10.0.0.1,,10.0.0.2"])(
  "TRUSTED_PROXIES=%s stops the start",
  (TRUSTED_PROXIES) => {
    expect(() => parseSettings({ TRUSTED_PROXIES })).toThrow(/^Bad setting TRUSTED_PROXIES/);
  },
);

test("a session shows where its person sits, as the trusted proxy saw it, and nobody else can say so", async () => {
  for (const [trusted, shown] of [
    ["127.0.0.1", "198.51.100.7"],
    ["", "127.0.0.1"],
  ] as const) {
    const parley = await startParley({ env: { TRUSTED_PROXIES: trusted } });
    await member(parley.origin, "ada");
    const ada = visit(parley.origin, { "x-forwarded-for": "198.51.100.7" });
    await ada.post("callback/credentials", { username: "ada", password: "a quiet harbour" });
    const { body } = await ada.call("GET", "/sessions");
    expect(body.sessions.find(({ current }) => current)?.ipAddress).toBe(shown);
    await parley.stop();
  }
});
