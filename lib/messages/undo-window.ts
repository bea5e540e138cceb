/** For how many seconds a message can be taken back before it is sent. */
export const UNDO_WINDOWS = [0, 5, 10, 20, 30] as const;

const nameOf = (accountId: string) => `parley.undo-send.${accountId}`;

/** What the account chose on this device; 0 where it chose nothing. */
export function readUndoWindow(storage: Storage | null, accountId: string): number {
  const kept = Number(storage?.getItem(nameOf(accountId)));
  return UNDO_WINDOWS.find((seconds) => seconds === kept) ?? 0;
}

/** @returns whether it could be kept */
export function keepUndoWindow(storage: Storage | null, accountId: string, seconds: number): boolean {
  try {
    storage?.setItem(nameOf(accountId), `${seconds}`);
    return storage !== null;
  } catch {
    return false;
  }
}
