import type { Verdict } from "@/bench/verdict";
export async function twoNodes(): Promise<Verdict[]> {
  return [];
}
