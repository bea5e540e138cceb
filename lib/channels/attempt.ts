import { isRefusal } from "@/lib/shared/errors";

/** Does what was chosen from a menu, which has closed meanwhile: what goes wrong is said elsewhere on the screen. */
export function attempt(done: Promise<void>, onProblem: (sentence: string) => void): void {
  done.catch((error: unknown) => onProblem(isRefusal(error) ? error.message : "That did not work. Try again."));
}
