"use client";

import { WorkspaceSwitch } from "@/lib/workspaces/components/workspace-switch";

/** Whether the server looks up what links lead to. It holds for what is written from then on. */
export function PreviewChoice({ slug, initial }: { slug: string; initial: boolean }) {
  return (
    <WorkspaceSwitch
      slug={slug}
      setting="linkPreviews"
      initial={initial}
      label="Show what links lead to"
      hint="This server then opens the pages that people link to, and their owners see its address."
    />
  );
}
