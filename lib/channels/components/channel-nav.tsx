"use client";

import { Compass, NotebookPen, Plus } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useMemo, useState } from "react";
import type { ChannelView } from "@/lib/channels/channel.events";
import { useChannels } from "@/lib/channels/channel.hooks";
import { listedChannels, unreadCount } from "@/lib/channels/channel.selectors";
import { channelPath } from "@/lib/channels/channel-path";
import { channelTitle } from "@/lib/channels/channel-title";
import { ChannelLink } from "@/lib/channels/components/channel-link";
import { NavSection } from "@/lib/channels/components/nav-section";
import { SectionMenu } from "@/lib/channels/components/section-menu";
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
  /** What stands before a person, as whether they are there. */
  dotOf: (accountId: string) => ReactNode;
  onProblem: (sentence: string) => void;
  /** The sections that are put away at the start, by key, and who hears of each change of them. */
  folded: readonly string[];
  onFold: (folded: readonly string[]) => void;
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
export function ChannelNav({
  activeId,
  onGo,
  onBrowse,
  onCreate,
  onWrite,
  folded,
  onFold,
  dotOf,
  onProblem,
}: ChannelNavProps) {
  const state = useChannels((channels) => channels);
  const slug = useWorkspace((workspace) => workspace.workspace.slug);
  const members = useWorkspace((workspace) => workspace.members);
  const me = useWorkspace((workspace) => workspace.me.id);
  const [closed, setClosed] = useState(folded);
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
            mark: <PeopleMark others={other === undefined ? 0 : more.length + 1}>{other && dotOf(other)}</PeopleMark>,
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
  const isFolded = (key: string) => closed.includes(key);
  const toggle = (key: string) => {
    const next = isFolded(key) ? closed.filter((one) => one !== key) : [...closed, key];
    setClosed(next);
    onFold(next);
  };
  /** What stands in a section that is put away: where one is, and what calls one. */
  const calling = (channel: ChannelView) =>
    channel.id === activeId ||
    channel.mentionCount > 0 ||
    (channel.kind === "direct" && !channel.muted && unreadCount(channel) > 0);
  const section = (key: string, title: string, held: ChannelView[], tools?: ReactNode) => (
    <NavSection key={key} title={title} folded={isFolded(key)} onFold={() => toggle(key)} tools={tools}>
      {(isFolded(key) ? held.filter(calling) : held).map(link)}
    </NavSection>
  );
  // The archived ones begin put away: the key says that they are not.
  const archiveShown = isFolded("archive shown");
  return (
    <nav aria-label="Channels" onKeyDown={moveFocus} className="flex flex-col gap-3 pt-2">
      {list.favourites.length === 0 ? null : section("favourites", "Favourites", list.favourites)}
      {list.sections.map(({ name, channels }) =>
        section(`own ${name}`, name, channels, <SectionMenu name={name} onProblem={onProblem} />),
      )}
      {section("channels", "Channels", list.channels, browse)}
      {section("direct", "Direct messages", list.direct, write)}
      {list.archived.length === 0 ? null : (
        <NavSection title="Archived" folded={!archiveShown} onFold={() => toggle("archive shown")}>
          {(archiveShown ? list.archived : list.archived.filter(({ id }) => id === activeId)).map(link)}
        </NavSection>
      )}
    </nav>
  );
}

/** One other person is there or not, several are counted, and of nobody else there are notes. */
function PeopleMark({ others, children }: { others: number; children: ReactNode }) {
  const mark =
    others === 0 ? (
      <NotebookPen size={16} strokeWidth={1.75} aria-hidden="true" />
    ) : others === 1 ? (
      children
    ) : (
      <span aria-hidden="true">{others}</span>
    );
  return (
    <span className="flex w-4 shrink-0 items-center justify-center text-small text-muted tabular-nums">{mark}</span>
  );
}
