import { singleton } from "@/lib/shared/singleton";

/** A connection whose memberships are being read. */
interface Entering {
  accountId: string;
  /** The account was removed from some channel meanwhile: what was read may be old. */
  removed: boolean;
}

function entering(): Set<Entering> {
  return singleton("realtime.entering", () => new Set<Entering>());
}

/** Notes that an account was removed from a channel: whoever reads its memberships at this moment reads them again. */
export function noteRemoval(accountId: string): void {
  for (const one of entering()) if (one.accountId === accountId) one.removed = true;
}

/** Runs `read` until it has been run once without a removal of the account meanwhile. @returns what it read last */
export async function readUndisturbed<T>(accountId: string, read: () => Promise<T>): Promise<T> {
  const own: Entering = { accountId, removed: false };
  entering().add(own);
  try {
    for (;;) {
      own.removed = false;
      const value = await read();
      if (!own.removed) return value;
    }
  } finally {
    entering().delete(own);
  }
}
