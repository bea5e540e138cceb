import { createContext, useContext } from "react";
import type { Store } from "@/lib/shared/store";
import { useStore } from "@/lib/ui/use-store";
import type { WorkspaceFact, WorkspaceState } from "@/lib/workspaces/workspace.store";

export const WorkspaceContext = createContext<Store<WorkspaceState, WorkspaceFact> | null>(null);

export function useWorkspaceStore(): Store<WorkspaceState, WorkspaceFact> {
  const store = useContext(WorkspaceContext);
  if (store === null) throw new Error("A workspace's part was drawn outside of a workspace.");
  return store;
}

/** What `select` picks from the workspace, its members and oneself. */
export function useWorkspace<Picked>(select: (state: WorkspaceState) => Picked): Picked {
  return useStore(useWorkspaceStore(), select);
}
