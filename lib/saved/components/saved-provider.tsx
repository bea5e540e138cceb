"use client";

import type { ReactNode } from "react";
import type { Connection } from "@/lib/realtime/browser/connection";
import { SavedContext, useNewSaved } from "@/lib/saved/saved.hooks";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

/** Holds what one has saved for all that is drawn inside. */
export function SavedProvider({ connection, children }: { connection: Connection; children: ReactNode }) {
  const slug = useWorkspace((state) => state.workspace.slug);
  return <SavedContext value={useNewSaved(connection, slug)}>{children}</SavedContext>;
}
