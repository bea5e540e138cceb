"use client";

import { Hash, Lock } from "lucide-react";
import { type MouseEvent, memo, type ReactNode } from "react";
import type { ChannelView } from "@/lib/channels/channel.events";

interface ChannelLinkProps {
  href: string;
  name: string;
  kind: ChannelView["kind"];
  unread: number;
  mentions: number;
  active: boolean;
  muted: boolean;
  /** What stands before the name of a direct channel. */
  mark?: ReactNode;
  onGo: (href: string) => void;
}

const MOST = 99;

function count(number: number): string {
  return number > MOST ? `${MOST}+` : String(number);
}

/** Whether a press means "go there, in this tab". */
function isPlain(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

/** One channel in the list. Its number is quiet where one was not mentioned. */
export const ChannelLink = memo(function ChannelLink(props: ChannelLinkProps) {
  const { href, name, kind, unread, mentions, active, muted, mark, onGo } = props;
  const Icon = kind === "private" ? Lock : Hash;
  const shown = muted ? mentions : unread;
  const weight = shown > 0 ? "font-semibold text-strong" : active ? "text-strong" : "text-muted";
  return (
    <a
      href={href}
      title={name}
      {...(active ? { "aria-current": "page" as const } : {})}
      onClick={(event) => {
        if (!isPlain(event)) return;
        event.preventDefault();
        onGo(href);
      }}
      className={`target flex items-center gap-2 rounded-sm px-2 text-message transition-colors hover:text-strong ${muted && !active ? "opacity-60" : ""} ${weight} ${active ? "bg-active" : "hover:bg-hover"}`}
    >
      {mark ?? <Icon size={16} strokeWidth={1.75} aria-hidden="true" className="shrink-0 text-muted" />}
      <span className="min-w-0 grow truncate">
        <bdi>{name}</bdi>
      </span>
      {shown === 0 ? null : (
        <span
          className={`shrink-0 rounded-full px-1.5 text-small tabular-nums ${mentions > 0 ? "bg-accent font-semibold text-on-accent" : "font-medium text-body"}`}
        >
          {count(mentions > 0 ? mentions : unread)}
          <span className="sr-only">{mentions > 0 ? " mentions" : " unread"}</span>
        </span>
      )}
    </a>
  );
});
