import { createContext, useContext } from "react";
import type { PresenceStatus } from "@/lib/presence/presence.events";
import type { PresenceFact, PresenceState } from "@/lib/presence/presence.store";
import type { Store } from "@/lib/shared/store";
import { useStore } from "@/lib/ui/use-store";

export const PresenceContext = createContext<Store<PresenceState, PresenceFact> | null>(null);

/** Whether an account is there at this moment. */
export function usePresence(accountId: string): PresenceStatus {
  const store = useContext(PresenceContext);
  if (store === null) throw new Error("Presence was drawn outside of a PresenceProvider.");
  return useStore(store, (people) => people.get(accountId) ?? "offline");
}
