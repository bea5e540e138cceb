import { openDevice } from "@/lib/realtime/browser/device";
import type { MemberView } from "@/lib/workspaces/workspace.events";

/** In a workspace with more people than this their names come with the shell. */
const MOST_PEOPLE = 5_000;

/** The members of a workspace as an earlier visit knew them, so that what it kept of the channels has names. */
export async function loadPeople(scope: string): Promise<readonly MemberView[]> {
  try {
    return (await (await openDevice())?.get("people", scope))?.members ?? [];
  } catch {
    // A database that broke is worth nothing: the shell brings all that was in it.
    return [];
  }
}

export async function keepPeople(scope: string, members: readonly MemberView[]): Promise<void> {
  if (members.length > MOST_PEOPLE) return;
  try {
    await (await openDevice())?.put("people", { scope, members });
  } catch {
    // Full or broken: the next visit shows names when the shell has come.
  }
}
