"use client";

import { useState } from "react";
import { isRefusal } from "@/lib/shared/errors";
import { rest } from "@/lib/shared/rest";
import { Notice } from "@/lib/ui/notice";
import { useHydrated } from "@/lib/ui/use-hydrated";
import type { WorkspaceView } from "@/lib/workspaces/workspace.events";

/** Whether people may come in with nothing but a nickname. It holds from the next log-in on. */
export function GuestChoice({ slug, initial }: { slug: string; initial: boolean }) {
  const ready = useHydrated();
  const [allowed, setAllowed] = useState(initial);
  const [problem, setProblem] = useState<string | null>(null);

  async function choose(guestsAllowed: boolean): Promise<void> {
    setAllowed(guestsAllowed);
    setProblem(null);
    try {
      const { workspace } = await rest<{ workspace: WorkspaceView }>("PATCH", `/workspaces/${slug}`, { guestsAllowed });
      setAllowed(workspace.guestsAllowed);
    } catch (error) {
      setAllowed(!guestsAllowed);
      setProblem(isRefusal(error) ? error.message : "That did not work. Try again.");
    }
  }

  return (
    <>
      {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
      <label className="flex min-h-11 items-center gap-3 md:min-h-9">
        <input
          type="checkbox"
          checked={allowed}
          disabled={!ready}
          onChange={(event) => void choose(event.target.checked)}
          className="size-4 shrink-0 accent-accent"
        />
        <span className="font-medium text-strong">Guests may come in with only a nickname</span>
      </label>
    </>
  );
}
