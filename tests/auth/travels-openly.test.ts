import { type Parley, startParley } from "@/tests/support/server";
import { rawHttp } from "@/tests/support/wire";

let plain: Parley;
let encrypted: Parley;
beforeAll(async () => {
  plain = await startParley();
  encrypted = await startParley({ env: { PUBLIC_URL: "https://chat.example" } });
});
afterAll(async () => {
  await plain.stop();
  await encrypted.stop();
});

const WARNING = "This connection is not encrypted";
const logIn = (parley: Parley, host: string) =>
  rawHttp(parley, `GET /login HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);

test.each([
  "chat.example",
  "192.168.1.20:3000",
  "[2001:db8::1]:3000",
  "localhost.evil.example",
  "127.0.0.1.evil.example",
])("whoever logs in by plain http at %s is warned", async (host) =>
  expect(await logIn(plain, host)).toContain(WARNING),
);

test.each(["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "parley.localhost"])(
  "on the machine itself nothing needs encryption: %s",
  async (host) => {
    const answer = await logIn(plain, host);
    expect(answer).toContain("Username or email");
    expect(answer).not.toContain(WARNING);
  },
);

test("behind https there is nothing to warn of", async () => {
  const answer = await logIn(encrypted, "chat.example");
  expect(answer).toContain("Username or email");
  expect(answer).not.toContain(WARNING);
});
