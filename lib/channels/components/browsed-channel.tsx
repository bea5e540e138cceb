"use client";

import { Hash, Lock } from "lucide-react";
import { useEffect, useRef } from "react";
import type { ChannelView } from "@/lib/channels/channel.events";
import { Button } from "@/lib/ui/button";

interface BrowsedChannelProps {
  channel: ChannelView;
  busy: boolean;
  onJoin: () => void;
  onLeave: () => void;
  onOpen: () => void;
}

/** One channel among all. A public one is joined and left in its place; a private one has its own way out. */
export function BrowsedChannel({ channel, busy, onJoin, onLeave, onOpen }: BrowsedChannelProps) {
  const Icon = channel.kind === "private" ? Lock : Hash;
  const joined = channel.readSeq !== null;
  const row = useRef<HTMLLIElement>(null);
  const pressed = useRef(false);
  const press = (then: () => void) => () => {
    pressed.current = true;
    then();
  };
  // The button that was pressed makes way for others: the focus goes to the first of them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: that one came or went says that they changed.
  useEffect(() => {
    if (pressed.current) row.current?.querySelector("button")?.focus();
    pressed.current = false;
  }, [joined]);
  return (
    <li
      ref={row}
      className="flex items-center gap-2 py-2 [contain-intrinsic-size:auto_3.5rem] [content-visibility:auto]"
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" className="shrink-0 text-muted" />
      <span className="min-w-0 grow">
        <span className="block truncate font-medium text-strong" title={channel.name}>
          <bdi>{channel.name}</bdi>
        </span>
        <span className="block truncate text-small text-muted" title={channel.topic}>
          {channel.memberCount === 1 ? "1 member" : `${channel.memberCount} members`}
          {channel.topic === "" ? null : (
            <>
              {" · "}
              <bdi>{channel.topic}</bdi>
            </>
          )}
        </span>
      </span>
      {joined ? (
        <>
          {channel.kind === "public" ? (
            <Button
              look="plain"
              busy={busy}
              aria-label={`Leave ${channel.name}`}
              onClick={press(onLeave)}
              className="md:min-h-8"
            >
              Leave
            </Button>
          ) : null}
          <Button aria-label={`Open ${channel.name}`} onClick={onOpen} className="md:min-h-8">
            Open
          </Button>
        </>
      ) : (
        <Button
          look="primary"
          busy={busy}
          aria-label={`Join ${channel.name}`}
          onClick={press(onJoin)}
          className="md:min-h-8"
        >
          Join
        </Button>
      )}
    </li>
  );
}
