"use client";

import { ChevronRight, Compass, Plus } from "lucide-react";
import { type KeyboardEvent, useMemo } from "react";
import type { ChannelView } from "@/lib/channels/channel.events";
import { useChannels } from "@/lib/channels/channel.hooks";
import { ownChannels, unreadCount } from "@/lib/channels/channel.selectors";
import { channelPath } from "@/lib/channels/channel-path";
import { ChannelLink } from "@/lib/channels/components/channel-link";
import { IconButton } from "@/lib/ui/icon-button";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

interface ChannelNavProps {
  activeId: string | undefined;
  onGo: (path: string) => void;
  onBrowse: () => void;
  /** Absent where one may not create channels. */
  onCreate?: (() => void) | undefined;
}

/** Up and down go from link to link, as in any list. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const links: (Element | null)[] = [...event.currentTarget.querySelectorAll("a[href]")];
  const at = links.indexOf(document.activeElement);
  const next = at === -1 ? null : links[at + step];
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
}

/** One's channels, each a link with what is unread in it. */
export function ChannelNav({ activeId, onGo, onBrowse, onCreate }: ChannelNavProps) {
  const channels = useChannels((state) => state);
  const slug = useWorkspace((state) => state.workspace.slug);
  const { open, archived } = useMemo(() => ownChannels(channels), [channels]);
  const link = (channel: ChannelView) => (
    <li key={channel.id}>
      <ChannelLink
        href={channelPath(slug, channel)}
        name={channel.name}
        kind={channel.kind}
        unread={channel.archivedAt === null ? unreadCount(channel) : 0}
        mentions={channel.mentionCount}
        active={channel.id === activeId}
        onGo={onGo}
      />
    </li>
  );
  const holdsActive = archived.some(({ id }) => id === activeId);
  return (
    <nav aria-label="Channels" onKeyDown={moveFocus}>
      <div className="flex items-center ps-2 pb-1">
        <h2 className="grow text-small font-medium text-muted">Channels</h2>
        <IconButton label="Browse channels" tip="belowEnd" onClick={onBrowse} className="md:size-7">
          <Compass size={16} strokeWidth={1.75} aria-hidden="true" />
        </IconButton>
        {onCreate === undefined ? null : (
          <IconButton label="Create a channel" tip="belowEnd" onClick={onCreate} className="md:size-7">
            <Plus size={16} strokeWidth={1.75} aria-hidden="true" />
          </IconButton>
        )}
      </div>
      {open.length === 0 ? <p className="px-2 py-1 text-meta text-muted">You are in no channel yet.</p> : null}
      <ul className="flex flex-col gap-px">{open.map(link)}</ul>
      {archived.length === 0 ? null : (
        <details open={holdsActive} className="group mt-4">
          <summary className="target flex list-none items-center gap-1 rounded-sm px-2 text-small font-medium text-muted hover:text-strong">
            <ChevronRight
              size={14}
              strokeWidth={1.75}
              aria-hidden="true"
              className="transition-transform group-open:rotate-90 rtl:-scale-x-100"
            />
            Archived
          </summary>
          <ul className="flex flex-col gap-px">{archived.map(link)}</ul>
        </details>
      )}
    </nav>
  );
}
