"use client";

import {
  Archive,
  ArchiveRestore,
  ChevronLeft,
  Ellipsis,
  Hash,
  Lock,
  LogOut,
  MessageSquareText,
  PanelLeftOpen,
  Pencil,
  Pin,
  Users,
} from "lucide-react";
import type { ChannelView } from "@/lib/channels/channel.events";
import type { DialogName } from "@/lib/channels/components/channel-dialogs";
import { IconButton } from "@/lib/ui/icon-button";
import { MenuButton, type MenuItem } from "@/lib/ui/menu";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

interface ChannelHeaderProps {
  channel: ChannelView;
  sidebarCollapsed: boolean;
  onShowSidebar: () => void;
  onShowList: () => void;
  onDialog: (dialog: DialogName) => void;
  onPins: () => void;
}

const ICON = { size: 16, strokeWidth: 1.75 };

function changesOf({ archivedAt }: ChannelView, onDialog: (dialog: DialogName) => void): MenuItem[] {
  if (archivedAt !== null) {
    return [{ label: "Bring it back", icon: <ArchiveRestore {...ICON} />, onSelect: () => onDialog("unarchive") }];
  }
  return [
    { label: "Rename", icon: <Pencil {...ICON} />, onSelect: () => onDialog("rename") },
    { label: "Set the topic", icon: <MessageSquareText {...ICON} />, onSelect: () => onDialog("topic") },
    { label: "Archive", icon: <Archive {...ICON} />, onSelect: () => onDialog("archive") },
  ];
}

/** The line above a channel: what it is called and about, who is here, and what one can do to it. */
export function ChannelHeader(props: ChannelHeaderProps) {
  const { channel, sidebarCollapsed, onShowSidebar, onShowList, onDialog, onPins } = props;
  const guest = useWorkspace((state) => state.me.role === "guest");
  const joined = channel.readSeq !== null;
  const Icon = channel.kind === "private" ? Lock : Hash;
  const leave = { label: "Leave", danger: true, icon: <LogOut {...ICON} />, onSelect: () => onDialog("leave") };
  return (
    <header className="safe-top shrink-0 border-b border-hairline">
      <div className="flex h-14 items-center gap-1 pe-2 ps-1 md:h-12 md:ps-4">
        <IconButton label="All channels" tip="belowStart" onClick={onShowList} className="md:hidden">
          <ChevronLeft size={22} strokeWidth={1.75} aria-hidden="true" className="rtl:-scale-x-100" />
        </IconButton>
        {sidebarCollapsed ? (
          <IconButton label="Show the sidebar" tip="belowStart" onClick={onShowSidebar} className="-ms-2 max-md:hidden">
            <PanelLeftOpen {...ICON} aria-hidden="true" className="rtl:-scale-x-100" />
          </IconButton>
        ) : null}
        <div className="flex min-w-0 grow flex-col md:flex-row md:items-center md:gap-3">
          <div className="flex max-w-full min-w-0 items-center gap-1.5 md:shrink-0">
            <Icon {...ICON} aria-hidden="true" className="shrink-0 text-muted" />
            <h1 title={channel.name} className="truncate text-title font-semibold text-strong md:max-w-[24rem]">
              {channel.name}
            </h1>
            {channel.archivedAt === null ? null : (
              <span className="shrink-0 rounded-sm bg-hover px-1.5 text-small text-muted">archived</span>
            )}
          </div>
          {channel.topic === "" ? null : (
            <p title={channel.topic} dir="auto" className="min-w-0 truncate text-small text-muted md:grow md:text-meta">
              {channel.topic}
            </p>
          )}
        </div>
        <button
          type="button"
          onClick={() => onDialog("people")}
          aria-label={`${channel.memberCount === 1 ? "1 member" : `${channel.memberCount} members`}, show people`}
          className="target inline-flex shrink-0 items-center gap-1.5 rounded-sm px-2 text-meta text-muted tabular-nums transition-colors hover:bg-hover hover:text-strong max-md:min-w-11"
        >
          <Users {...ICON} aria-hidden="true" />
          {channel.memberCount}
        </button>
        {joined ? (
          <IconButton label="Pinned messages" tip="belowEnd" aria-haspopup="dialog" onClick={onPins}>
            <Pin {...ICON} aria-hidden="true" />
          </IconButton>
        ) : null}
        {joined ? (
          <MenuButton
            aria-label="Channel menu"
            title="Channel menu"
            className="inline-flex size-11 shrink-0 items-center justify-center rounded-sm text-muted transition-colors hover:bg-hover hover:text-strong aria-expanded:bg-hover md:size-8"
            groups={[...(guest ? [] : [{ items: changesOf(channel, onDialog) }]), { items: [leave] }]}
          >
            <Ellipsis size={18} strokeWidth={1.75} aria-hidden="true" />
          </MenuButton>
        ) : null}
      </div>
    </header>
  );
}
