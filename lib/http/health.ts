import type { ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import { pool } from "@/lib/db/database";

const PATIENCE_MS = 2_000;

/**
 * Answers GET /healthz (the process turns) and GET /readyz (it can serve: the database answers within 2 s and the
 * process is not closing). 200 or 503, as JSON.
 * @returns false where the path is neither
 */
export async function answerHealth(path: string, response: ServerResponse, isClosing: boolean): Promise<boolean> {
  if (path === "/healthz") {
    reply(response, 200, { ok: true });
    return true;
  }
  if (path !== "/readyz") return false;
  const ready = !isClosing && (await databaseAnswers());
  reply(response, ready ? 200 : 503, { ok: ready });
  return true;
}

async function databaseAnswers(): Promise<boolean> {
  const answered = pool()
    .query("SELECT 1")
    .then(
      () => true,
      () => false,
    );
  return await Promise.race([answered, setTimeout(PATIENCE_MS, false, { ref: false })]);
}

function reply(response: ServerResponse, status: number, body: { ok: boolean }): void {
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" });
  response.end(JSON.stringify(body));
}
