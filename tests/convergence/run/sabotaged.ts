import { loadClientVariant } from "@/tests/convergence/run/client-variant";
import type { Fault } from "@/tests/convergence/run/fault";
import { HOUSE_FAULTS } from "@/tests/convergence/run/house-faults";
import { LINE_FAULTS } from "@/tests/convergence/run/line-faults";
import { openProductClient } from "@/tests/convergence/run/product-client";
import type { Plan } from "@/tests/convergence/run/run";
import { SABOTAGES } from "@/tests/convergence/sabotages";
import { buildVariant } from "@/tests/support/server-variant";

/** How a run under a sabotage goes: only the faults that it needs, and no long wait for those who cannot be level. */
export async function sabotaged(name: string): Promise<Omit<Plan, "seed" | "seconds" | "nodes" | "clients" | "say">> {
  const sabotage = SABOTAGES[name];
  if (sabotage === undefined)
    throw new Error(`There is no sabotage ${name}. There are: ${Object.keys(SABOTAGES).join(", ")}.`);
  const { server, client, faults } = sabotage;
  const wanted = (all: readonly Fault[]) => all.filter(({ name: fault }) => faults.includes(fault));
  return {
    bundle: server === undefined ? null : await buildVariant(server),
    openProductClient: client === undefined ? openProductClient : await loadClientVariant(client),
    houseFaults: wanted(HOUSE_FAULTS),
    lineFaults: wanted(LINE_FAULTS),
    sharesPostgres: true,
    levelWithinMs: 3_000,
  };
}
