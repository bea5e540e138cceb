"use client";

import { WorkspaceSwitch } from "@/lib/workspaces/components/workspace-switch";

/** Whether people may come in with nothing but a nickname. It holds from the next log-in on. */
export function GuestChoice({ slug, initial }: { slug: string; initial: boolean }) {
  return (
    <WorkspaceSwitch
      slug={slug}
      setting="guestsAllowed"
      initial={initial}
      label="Guests may come in with only a nickname"
    />
  );
}
