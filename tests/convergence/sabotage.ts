import type { Plan } from "@/tests/convergence/run/run";

export async function sabotaged(
  name: string,
): Promise<Pick<Plan, "bundle" | "openProductClient" | "houseFaults" | "lineFaults">> {
  throw new Error(`There is no sabotage called ${name}.`);
}
