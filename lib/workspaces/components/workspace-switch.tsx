"use client";

import { useId, useState } from "react";
import { isRefusal } from "@/lib/shared/errors";
import { rest } from "@/lib/shared/rest";
import { Notice } from "@/lib/ui/notice";
import { useHydrated } from "@/lib/ui/use-hydrated";
import type { WorkspaceView } from "@/lib/workspaces/workspace.events";

interface WorkspaceSwitchProps {
  slug: string;
  setting: "guestsAllowed" | "linkPreviews";
  initial: boolean;
  label: string;
  hint?: string;
}

/** One setting of a workspace that is on or off. */
export function WorkspaceSwitch({ slug, setting, initial, label, hint }: WorkspaceSwitchProps) {
  const ready = useHydrated();
  const hintId = useId();
  const [on, setOn] = useState(initial);
  const [problem, setProblem] = useState<string | null>(null);

  async function choose(next: boolean): Promise<void> {
    setOn(next);
    setProblem(null);
    try {
      const change = { [setting]: next };
      const { workspace } = await rest<{ workspace: WorkspaceView }>("PATCH", `/workspaces/${slug}`, change);
      setOn(workspace[setting]);
    } catch (error) {
      setOn(!next);
      setProblem(isRefusal(error) ? error.message : "That did not work. Try again.");
    }
  }

  return (
    <>
      {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
      <label className="flex min-h-11 items-center gap-3 md:min-h-9">
        <input
          type="checkbox"
          checked={on}
          disabled={!ready}
          aria-describedby={hint === undefined ? undefined : hintId}
          onChange={(event) => void choose(event.target.checked)}
          className="size-4 shrink-0 accent-accent"
        />
        <span className="font-medium text-strong">{label}</span>
      </label>
      {hint === undefined ? null : (
        <p id={hintId} className="ms-7 text-meta text-muted">
          {hint}
        </p>
      )}
    </>
  );
}
