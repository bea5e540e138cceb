import { setTimeout as wait } from "node:timers/promises";
import type { Target } from "@/tests/convergence/run/fault";
import type { House } from "@/tests/convergence/run/house";

/** Makes an end of whatever is still broken, and waits until everything answers. */
export async function heal({ house, stage }: Pick<Target, "house" | "stage">): Promise<void> {
  house.broker?.resume();
  for (const { proxy } of stage.clients) {
    proxy.tamper();
    proxy.set({ kind: "pass" });
  }
  await databaseAnswers(house);
  for (const { origin } of house.nodes) await serverAnswers(origin);
}

/** Resolves when the database answers. */
export async function databaseAnswers({ pool }: House): Promise<void> {
  for (;;) {
    const answers = await pool.query("SELECT 1").then(
      () => true,
      () => false,
    );
    if (answers) return;
    await wait(50);
  }
}

async function serverAnswers(origin: string): Promise<void> {
  for (;;) {
    const answers = await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) return;
    await wait(50);
  }
}
