"use client";

import { Compass, Plus } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useMemo } from "react";
import type { ChannelView } from "@/lib/channels/channel.events";
import { useChannels } from "@/lib/channels/channel.hooks";
import { listedChannels, unreadCount } from "@/lib/channels/channel.selectors";
import { channelPath } from "@/lib/channels/channel-path";
import { channelTitle } from "@/lib/channels/channel-title";
import { ChannelLink } from "@/lib/channels/components/channel-link";
import { NavSection } from "@/lib/channels/components/nav-section";
import { IconButton } from "@/lib/ui/icon-button";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

interface ChannelNavProps {
  activeId: string | undefined;
  onGo: (path: string) => void;
  onBrowse: () => void;
  /** Absent where one may not create channels. */
  onCreate?: (() => void) | undefined;
  /** Begins a direct conversation. */
  onWrite: () => void;
  /** What stands beside a person, as whether they are there. */
  markOf: (accountId: string) => ReactNode;
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
export function ChannelNav({ activeId, onGo, onBrowse, onCreate, onWrite, markOf }: ChannelNavProps) {
  const state = useChannels((channels) => channels);
  const slug = useWorkspace((workspace) => workspace.workspace.slug);
  const members = useWorkspace((workspace) => workspace.members);
  const me = useWorkspace((workspace) => workspace.me.id);
  const list = useMemo(() => listedChannels(state, activeId), [state, activeId]);
  const link = (channel: ChannelView) => {
    const direct = channel.kind === "direct";
    const unread = channel.archivedAt === null ? unreadCount(channel) : 0;
    const [other, ...more] = (channel.memberIds ?? []).filter((id) => id !== me);
    return (
      <li key={channel.id}>
        <ChannelLink
          href={channelPath(slug, channel)}
          name={channelTitle(channel, me, (id) => members.get(id)?.displayName)}
          kind={channel.kind}
          unread={unread}
          mentions={direct ? unread : channel.mentionCount}
          active={channel.id === activeId}
          muted={channel.muted}
          {...(direct && {
            mark: <PeopleMark others={more.length + 1}>{other && more.length === 0 ? markOf(other) : null}</PeopleMark>,
          })}
          onGo={onGo}
        />
      </li>
    );
  };
  const browse = (
    <>
      <IconButton label="Browse channels" tip="belowEnd" onClick={onBrowse} className="md:size-7">
        <Compass size={16} strokeWidth={1.75} aria-hidden="true" />
      </IconButton>
      {onCreate === undefined ? null : (
        <IconButton label="Create a channel" tip="belowEnd" onClick={onCreate} className="md:size-7">
          <Plus size={16} strokeWidth={1.75} aria-hidden="true" />
        </IconButton>
      )}
    </>
  );
  const write = (
    <IconButton label="New direct message" tip="belowEnd" onClick={onWrite} className="md:size-7">
      <Plus size={16} strokeWidth={1.75} aria-hidden="true" />
    </IconButton>
  );
  const holdsActive = list.archived.some(({ id }) => id === activeId);
  return (
    <nav aria-label="Channels" onKeyDown={moveFocus} className="flex flex-col gap-3">
      {list.favourites.length === 0 ? null : <NavSection title="Favourites">{list.favourites.map(link)}</NavSection>}
      {list.sections.map(({ name, channels }) => (
        <NavSection key={name} title={name}>
          {channels.map(link)}
        </NavSection>
      ))}
      <NavSection title="Channels" tools={browse}>
        {list.channels.map(link)}
      </NavSection>
      <NavSection title="Direct messages" tools={write}>
        {list.direct.map(link)}
      </NavSection>
      {list.archived.length === 0 ? null : (
        <NavSection title="Archived" closed={!holdsActive}>
          {list.archived.map(link)}
        </NavSection>
      )}
    </nav>
  );
}

/** One other person is there or not; several are counted. */
function PeopleMark({ others, children }: { others: number; children: ReactNode }) {
  return (
    <span className="flex w-4 shrink-0 items-center justify-center text-small text-muted tabular-nums">
      {children ?? (others > 1 ? <span aria-hidden="true">{others}</span> : null)}
    </span>
  );
}
