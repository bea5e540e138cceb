"use client";

import {
  Archive,
  ArchiveRestore,
  Bell,
  BellOff,
  ChevronLeft,
  Ellipsis,
  EyeOff,
  FolderInput,
  Hash,
  Lock,
  LogOut,
  Megaphone,
  MessageCircle,
  MessageSquareText,
  PanelLeftOpen,
  Pencil,
  Pin,
  Star,
  UserPlus,
  Users,
} from "lucide-react";
import type { ChannelView } from "@/lib/channels/channel.events";
import { useChannelActions } from "@/lib/channels/channel.hooks";
import type { DialogName } from "@/lib/channels/components/channel-dialogs";
import { useTitleOf } from "@/lib/channels/title.hooks";
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
  const direct = channel.kind === "direct";
  const role = useWorkspace((state) => state.me.role);
  const { prefer, change } = useChannelActions();
  const titleOf = useTitleOf();
  const title = direct ? titleOf(channel) : channel.name;
  const Icon = channel.kind === "private" ? Lock : direct ? MessageCircle : Hash;
  const leave = { label: "Leave", danger: true, icon: <LogOut {...ICON} />, onSelect: () => onDialog("leave") };
  const mayPost = channel.posting === "all";
  const ownItems: MenuItem[] = [
    {
      label: channel.starred ? "Take from favourites" : "Add to favourites",
      icon: <Star {...ICON} />,
      onSelect: () => void prefer(channel.id, { starred: !channel.starred }),
    },
    {
      label: channel.muted ? "Unmute" : "Mute",
      icon: channel.muted ? <Bell {...ICON} /> : <BellOff {...ICON} />,
      onSelect: () => void prefer(channel.id, { muted: !channel.muted }),
    },
    { label: "Move to a section", icon: <FolderInput {...ICON} />, onSelect: () => onDialog("section") },
    ...(direct
      ? [
          {
            label: "Hide until something is said",
            icon: <EyeOff {...ICON} />,
            onSelect: () => void prefer(channel.id, { hidden: true }),
          },
        ]
      : []),
  ];
  const sharedItems: MenuItem[] = [
    ...(channel.archivedAt === null
      ? [{ label: "Add people", icon: <UserPlus {...ICON} />, onSelect: () => onDialog("invite") }]
      : []),
    ...(role === "owner" || role === "admin"
      ? [
          {
            label: mayPost ? "Let only admins write" : "Let everybody write",
            icon: <Megaphone {...ICON} />,
            onSelect: () => void change(channel.id, { posting: mayPost ? "admins" : "all" }),
          },
        ]
      : []),
  ];
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
            <h1 title={title} className="truncate text-title font-semibold text-strong md:max-w-[24rem]">
              {title}
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
            groups={[
              { items: ownItems },
              ...(guest || direct ? [] : [{ items: [...sharedItems, ...changesOf(channel, onDialog)] }]),
              ...(direct ? [] : [{ items: [leave] }]),
            ]}
          >
            <Ellipsis size={18} strokeWidth={1.75} aria-hidden="true" />
          </MenuButton>
        ) : null}
      </div>
    </header>
  );
}
