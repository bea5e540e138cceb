import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { Random } from "@/bin/seed/random";
import type { House } from "@/tests/convergence/run/house";
import { askerOf, type Stage, words } from "@/tests/convergence/run/operations";
import { PlainClient } from "@/tests/convergence/run/plain-client";
import { restRequest } from "@/tests/convergence/run/recorded-rest";
import { openProxy } from "@/tests/support/tcp-proxy";

/** Long enough after a revocation for what still comes to be blamed. */
const LINGER_MS = 3_000;

/**
 * Short visits: a connection by a token of its own, which is revoked while it talks or while it is cut off, and which
 * goes on trying. They show that a revocation holds.
 */
export async function visit(house: House, stage: Stage, random: Random, talking: () => boolean): Promise<void> {
  const leaving: Promise<void>[] = [];
  for (let count = 1; talking(); count += 1) {
    await wait(500 + random.next() * 2_500);
    if (!talking()) break;
    leaving.push(comeAndBeRevoked(house, stage, random, `visitor ${count}`));
  }
  await Promise.all(leaving);
}

const madeSchema = z.looseObject({ token: z.object({ id: z.string() }), secret: z.string() });

async function makeToken(origin: string, token: string, name: string, patienceMs: number) {
  const answer: unknown = await fetch(`${origin}/api/v1/tokens`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ name }),
    signal: AbortSignal.timeout(patienceMs),
  }).then(
    (response) => response.json(),
    () => null,
  );
  const made = madeSchema.safeParse(answer);
  return made.success ? made.data : null;
}

async function comeAndBeRevoked(house: House, stage: Stage, random: Random, name: string): Promise<void> {
  const { recorder, patienceMs } = stage;
  const node = random.pick(house.nodes);
  const person = random.pick(stage.company.people);
  const made = await makeToken(node.origin, person.token, name, patienceMs);
  const [id, token] = [made?.token.id, made?.secret];
  // The server is down just now: this one does not come.
  if (id === undefined || token === undefined) return;
  const proxy = await openProxy(node.origin);
  const session = `${name} token`;
  const visitor = new PlainClient({ name, person, token, session, proxy, recorder, patienceMs });
  for (let said = 0; said < 4; said += 1) {
    await wait(100 + random.next() * 400);
    visitor.say(random.pick([...visitor.following(), stage.company.channels.general]), words(random));
  }
  const away = random.chance(0.5);
  if (away) proxy.set({ kind: "reset" });
  const call = { method: "DELETE", path: `/tokens/${id}`, token: person.token };
  const at = { origin: node.origin, recorder, patienceMs };
  const revoked = await restRequest(at, askerOf(person), { op: "revoke", subject: session }, call);
  if (away) proxy.set({ kind: "pass" });
  if (revoked) await wait(LINGER_MS / 2);
  visitor.say(stage.company.channels.general, words(random));
  await wait(LINGER_MS / 2);
  visitor.close();
  await proxy.close();
}
