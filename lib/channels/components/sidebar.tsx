"use client";

import { ChevronRight, PanelLeftClose } from "lucide-react";
import type { ReactNode } from "react";
import type { DialogName } from "@/lib/channels/components/channel-dialogs";
import { ChannelNav } from "@/lib/channels/components/channel-nav";
import { IconButton } from "@/lib/ui/icon-button";
import { AccountFoot } from "@/lib/workspaces/components/account-foot";
import { WorkspaceMenu } from "@/lib/workspaces/components/workspace-menu";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

interface SidebarProps {
  activeId: string | undefined;
  /** On a wide screen: beside the channel or put away. */
  collapsed: boolean;
  onCollapse: () => void;
  /** On a phone: shown in place of the channel. */
  listShown: boolean;
  /** Goes to a channel, or back to the one that is open. */
  onGo: (path: string) => void;
  onDialog: (dialog: DialogName) => void;
  /** What stands above the channels. */
  before?: ReactNode;
  /** What stands beside a person, as whether they are there. */
  markOf: (accountId: string) => ReactNode;
}

/** The column with the workspace above, the channels in the middle and oneself at the foot. */
export function Sidebar({ activeId, collapsed, onCollapse, listShown, onGo, onDialog, before, markOf }: SidebarProps) {
  const guest = useWorkspace((state) => state.me.role === "guest");
  return (
    <aside
      aria-label="Workspace"
      className={`safe-top safe-bottom z-20 w-65 shrink-0 flex-col border-e border-hairline bg-surface max-md:fixed max-md:inset-0 max-md:w-full max-md:border-0 ${listShown ? "max-md:flex" : "max-md:hidden"} ${collapsed ? "md:hidden" : "md:flex"}`}
    >
      <div className="flex h-14 shrink-0 items-center gap-1 px-2 md:h-12">
        <WorkspaceMenu onPeople={() => onDialog("people")} />
        <IconButton label="Hide the sidebar" tip="belowEnd" onClick={onCollapse} className="max-md:hidden">
          <PanelLeftClose size={16} strokeWidth={1.75} aria-hidden="true" className="rtl:-scale-x-100" />
        </IconButton>
        {activeId === undefined ? null : (
          <IconButton
            label="Back to the channel"
            tip="belowEnd"
            onClick={() => onGo(window.location.pathname + window.location.search)}
            className="md:hidden"
          >
            <ChevronRight size={20} strokeWidth={1.75} aria-hidden="true" className="rtl:-scale-x-100" />
          </IconButton>
        )}
      </div>
      <div className="min-h-0 grow overflow-y-auto overscroll-contain px-2 py-2">
        {before}
        <ChannelNav
          activeId={activeId}
          onGo={onGo}
          onBrowse={() => onDialog("browse")}
          onWrite={() => onDialog("write")}
          markOf={markOf}
          onCreate={guest ? undefined : () => onDialog("create")}
        />
      </div>
      <div className="shrink-0 border-t border-hairline p-2">
        <AccountFoot />
      </div>
    </aside>
  );
}
