"use client";

import { ChevronDown, LogOut, Settings, Users } from "lucide-react";
import { useState } from "react";
import { logOut } from "@/lib/auth/log-in";
import { Avatar } from "@/lib/ui/avatar";
import { MenuButton } from "@/lib/ui/menu";
import { chooseTheme, currentTheme, type Theme } from "@/lib/ui/theme";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

const THEMES: [Theme, string][] = [
  ["light", "Light"],
  ["dark", "Dark"],
  ["system", "System"],
];

const ICON = { size: 16, strokeWidth: 1.75 };

/** The workspace's name, and behind it what concerns the whole of it. */
export function WorkspaceMenu({ onPeople }: { onPeople: () => void }) {
  const workspace = useWorkspace((state) => state.workspace);
  const [theme, setTheme] = useState<Theme | null>(null);
  // What is in force is known only in the browser; it is looked up when the menu is about to open.
  const lookUp = () => setTheme(currentTheme());
  return (
    <MenuButton
      onPointerDown={lookUp}
      onKeyDown={lookUp}
      className="flex min-h-11 min-w-0 grow items-center gap-2 rounded-sm px-2 text-start transition-colors hover:bg-hover aria-expanded:bg-hover md:min-h-9"
      groups={[
        {
          items: [
            { label: "People", icon: <Users {...ICON} />, onSelect: onPeople },
            { label: "Settings", icon: <Settings {...ICON} />, onSelect: () => window.location.assign("/settings") },
          ],
        },
        {
          title: "Theme",
          items: THEMES.map(([value, label]) => ({
            label,
            chosen: theme === value,
            onSelect: () => chooseTheme(value),
          })),
        },
        { items: [{ label: "Log out", icon: <LogOut {...ICON} />, onSelect: () => void logOut() }] },
      ]}
    >
      <Avatar id={workspace.id} name={workspace.name} size="small" />
      <span className="truncate text-title font-semibold text-strong">{workspace.name}</span>
      <ChevronDown {...ICON} aria-hidden="true" className="shrink-0 text-muted" />
    </MenuButton>
  );
}
