"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { attempt } from "@/lib/channels/attempt";
import { useChannelActions } from "@/lib/channels/channel.hooks";
import { MenuButton } from "@/lib/ui/menu";

const SectionDialog = lazy(() => import("@/lib/channels/components/section-dialog"));

const ICON = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;

interface SectionMenuProps {
  name: string;
  onProblem: (sentence: string) => void;
}

/** What one can do with a section of one's own. */
export function SectionMenu({ name, onProblem }: SectionMenuProps) {
  const { moveSection } = useChannelActions();
  const [renaming, setRenaming] = useState(false);
  return (
    <>
      <MenuButton
        aria-label={`Section ${name}`}
        title={`Section ${name}`}
        className="inline-flex size-11 shrink-0 items-center justify-center rounded-sm text-muted transition-colors hover:bg-hover hover:text-strong aria-expanded:bg-hover md:size-7"
        groups={[
          {
            items: [
              { label: "Rename", icon: <Pencil {...ICON} />, takesFocus: true, onSelect: () => setRenaming(true) },
              {
                label: "Delete the section",
                icon: <Trash2 {...ICON} />,
                onSelect: () => attempt(moveSection(name, null), onProblem),
              },
            ],
          },
        ]}
      >
        <Ellipsis {...ICON} />
      </MenuButton>
      <Suspense fallback={null}>
        {renaming ? <SectionDialog section={name} onClose={() => setRenaming(false)} /> : null}
      </Suspense>
    </>
  );
}
