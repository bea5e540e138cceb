/** `node bin/smoke.mjs`: `npm start` as somebody new would run it: sign up, stop, start again, and still be known. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const person = { username: "smoke", password: "a quiet harbour" };
const dataDir = await mkdtemp(join(tmpdir(), "parley-smoke-"));
const port = await freePort();
const origin = `http://127.0.0.1:${port}`;
try {
  await whileRunning(async () => {
    await expectStatus(200, "/healthz");
    await expectStatus(200, "/readyz");
    await expectStatus(201, "/api/v1/accounts", person);
    await expectStatus(200, "/login");
  });
  await whileRunning(async () => {
    await expectStatus(409, "/api/v1/accounts", person);
    await logIn();
  });
  process.stdout.write("npm start serves, stops, and starts again with everything there.\n");
} finally {
  await rm(dataDir, { recursive: true, force: true });
}

async function whileRunning(work) {
  const parley = spawn("npm", ["start"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, HOST: "127.0.0.1", PORT: String(port), DATA_DIR: dataDir },
    detached: true,
  });
  const ended = once(parley, "exit");
  await new Promise((ready, failed) => {
    let output = "";
    parley.stdout.on("data", (chunk) => {
      process.stdout.write(chunk);
      output += chunk;
      if (output.includes("Parley is ready at")) ready();
    });
    parley.once("exit", (code) => failed(new Error(`npm start ended with ${code}`)));
  });
  try {
    await work();
  } finally {
    // The whole group, as a terminal's Ctrl-C reaches it.
    process.kill(-parley.pid, "SIGINT");
  }
  const [code] = await ended;
  if (code !== 0) throw new Error(`npm start ended with ${code} after SIGINT`);
}

async function logIn() {
  const csrf = await fetch(`${origin}/api/auth/csrf`);
  const { csrfToken } = await csrf.json();
  const cookie = csrf.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const response = await fetch(`${origin}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { cookie },
    body: new URLSearchParams({ ...person, csrfToken, json: "true" }),
  });
  if (response.status !== 200) throw new Error(`Logging in answered ${response.status}: ${await response.text()}`);
}

async function expectStatus(status, path, body) {
  const response = await fetch(`${origin}${path}`, {
    redirect: "manual",
    ...(body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  });
  if (response.status !== status) {
    throw new Error(`${path} answered ${response.status}, not ${status}: ${await response.text()}`);
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: free } = server.address();
  server.close();
  return free;
}
