import { createContext, useContext } from "react";
import type { PresenceFact, PresenceState } from "@/lib/presence/presence.store";
import type { Store } from "@/lib/shared/store";
import { useStore } from "@/lib/ui/use-store";

export const PresenceContext = createContext<Store<PresenceState, PresenceFact> | null>(null);

/** Whether an account is connected at this moment. */
export function useIsOnline(accountId: string): boolean {
  const store = useContext(PresenceContext);
  if (store === null) throw new Error("Presence was drawn outside of a PresenceProvider.");
  return useStore(store, (online) => online.has(accountId));
}
