import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import next from "next";
import { keptSecret } from "@/lib/auth/secret";
import { openDatabase } from "@/lib/db/open";
import { writeLaneIdle } from "@/lib/db/write-lane";
import { openGateway } from "@/lib/gateway";
import { isOwnOrigin } from "@/lib/http/origin";
import { createFrontDoor } from "@/lib/http/serve";
import { guardUpgrades } from "@/lib/http/upgrades";
import { sayClosing } from "@/lib/realtime/closing";
import { log } from "@/lib/shared/log";
import { settings } from "@/lib/shared/settings";

const PATIENCE_MS = 9_000;
const LAST_ANSWERS_MS = 2_000;
const dev = process.env.NODE_ENV !== "production";
let closing = false;

const say = (step: string) => process.stdout.write(`${step}\n`);

async function boot(): Promise<() => Promise<void>> {
  const current = settings();
  current.authSecret ??= await keptSecret(current.dataDir);
  // NextAuth builds its addresses from one of these; x-forwarded-host is ours by then (lib/http/entrance.ts).
  if (current.publicUrl === null) process.env.AUTH_TRUST_HOST = "true";
  else process.env.NEXTAUTH_URL = current.publicUrl;
  const closeDatabase = await openDatabase(current, log(), say);

  say(dev ? "Starting with hot reload" : "Starting");
  const pages: { handle?: ReturnType<ReturnType<typeof next>["getRequestHandler"]> } = {};
  const http = createFrontDoor(current, { dev, isClosing: () => closing }, () => {
    if (pages.handle === undefined) throw new Error("A request came before the pages were ready.");
    return pages.handle;
  });
  const app = next({ dev, httpServer: http, port: current.port, hostname: "localhost" });
  await app.prepare();
  pages.handle = app.getRequestHandler();
  const closeGateway = await openGateway(http);
  guardUpgrades(
    http,
    ({ headers }) => headers.origin === undefined || isOwnOrigin(headers.origin, headers.host, current.publicUrl),
    { dev },
  );
  if (!current.rateLimits) log().warn("RATE_LIMITS=off: nothing slows a flood. For load tests only.");
  await new Promise<void>((listening, failed) => {
    http.once("error", failed).listen(current.port, current.host, listening);
  });
  say(`Parley is ready at ${addressOf(http.address(), current.host)}`);

  return async () => {
    sayClosing();
    await writeLaneIdle();
    setTimeout(() => http.closeAllConnections(), LAST_ANSWERS_MS).unref();
    await closeGateway();
    await app.close();
    await closeDatabase();
  };
}

function addressOf(address: AddressInfo | string | null, host: string): string {
  const port = typeof address === "object" ? address?.port : undefined;
  const name = ["0.0.0.0", "::", ""].includes(host) ? "localhost" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

async function stop(booted: Promise<() => Promise<void>>): Promise<void> {
  if (closing) return;
  closing = true;
  say("Stopping");
  setTimeout(() => process.exit(1), PATIENCE_MS).unref();
  await (await booted)();
  process.exit(0);
}

const booted = boot();
booted.catch((error: unknown) => {
  const isSentence = error instanceof Error && !(error instanceof TypeError) && !(error instanceof RangeError);
  process.stderr.write(`Parley could not start: ${isSentence ? error.message : inspect(error)}\n`);
  process.exit(1);
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(booted));
