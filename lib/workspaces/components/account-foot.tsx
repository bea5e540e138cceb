"use client";

import { Settings } from "lucide-react";
import { Avatar } from "@/lib/ui/avatar";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

/** Who one is here, with the way to one's settings. */
export function AccountFoot() {
  const me = useWorkspace((state) => state.me);
  return (
    <a
      href="/settings"
      className="group flex min-h-12 items-center gap-2 rounded-sm px-2 transition-colors hover:bg-hover"
    >
      <Avatar id={me.id} name={me.displayName} size="row" />
      <span className="min-w-0 grow">
        <span className="block truncate text-meta font-medium text-strong">
          <bdi>{me.displayName}</bdi>
        </span>
        <span className="block truncate text-small text-muted">
          {me.kind === "guest" ? "Guest · keep your account" : `@${me.username}`}
        </span>
      </span>
      <span className="sr-only">Settings</span>
      <Settings
        size={16}
        strokeWidth={1.75}
        aria-hidden="true"
        className="shrink-0 text-muted transition-colors group-hover:text-strong"
      />
    </a>
  );
}
