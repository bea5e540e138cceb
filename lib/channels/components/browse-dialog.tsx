"use client";

import { Hash } from "lucide-react";
import { useRef, useState } from "react";
import type { ChannelView } from "@/lib/channels/channel.events";
import { useChannelActions, useChannels, useFreshChannels } from "@/lib/channels/channel.hooks";
import { publicChannels } from "@/lib/channels/channel.selectors";
import { channelPath } from "@/lib/channels/channel-path";
import { isRefusal } from "@/lib/shared/errors";
import { Button } from "@/lib/ui/button";
import Dialog from "@/lib/ui/dialog";
import { navigate } from "@/lib/ui/location";
import { Notice } from "@/lib/ui/notice";
import { TextField } from "@/lib/ui/text-field";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

const SHOWN = 100;

/** All public channels, to be looked through, joined and opened. */
export default function BrowseDialog({ onClose }: { onClose: () => void }) {
  const channels = useChannels((state) => state);
  const slug = useWorkspace((state) => state.workspace.slug);
  const { join } = useChannelActions();
  useFreshChannels();
  const [sought, setSought] = useState("");
  const [joining, setJoining] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const found = publicChannels(channels, sought);
  const gone = useRef(false);

  function open(channel: ChannelView): void {
    gone.current = true;
    navigate(channelPath(slug, channel));
    onClose();
  }

  async function enter(channel: ChannelView): Promise<void> {
    setJoining(channel.id);
    setProblem(null);
    try {
      await join(channel.id);
      open(channel);
    } catch (error) {
      setProblem(isRefusal(error) ? error.message : "That did not work. Try again.");
    } finally {
      setJoining(null);
    }
  }

  return (
    <Dialog title="Browse channels" returnsFocus={() => !gone.current} onClose={onClose}>
      <TextField
        label="Find by name or topic"
        type="search"
        value={sought}
        onChange={(event) => setSought(event.target.value)}
        autoComplete="off"
      />
      {problem === null ? null : (
        <div className="mt-3">
          <Notice tone="danger">{problem}</Notice>
        </div>
      )}
      <p role="status" className="mt-3 text-meta text-muted tabular-nums">
        {found.length === 0
          ? "No channel is called that."
          : found.length === 1
            ? "1 channel"
            : `${found.length} channels`}
      </p>
      <ul className="mt-1 divide-y divide-hairline">
        {found.slice(0, SHOWN).map((channel) => (
          <li key={channel.id} className="flex items-center gap-3 py-2">
            <Hash size={16} strokeWidth={1.75} aria-hidden="true" className="shrink-0 text-muted" />
            <span className="min-w-0 grow">
              <span className="block truncate font-medium text-strong" title={channel.name}>
                <bdi>{channel.name}</bdi>
                {channel.archivedAt === null ? null : <span className="font-normal text-muted"> · archived</span>}
              </span>
              <span className="block truncate text-small text-muted" title={channel.topic}>
                {channel.memberCount === 1 ? "1 member" : `${channel.memberCount} members`}
                {channel.topic === "" ? "" : ` · ${channel.topic}`}
              </span>
            </span>
            {channel.readSeq === null ? (
              <Button
                busy={joining === channel.id}
                aria-label={`Join ${channel.name}`}
                onClick={() => void enter(channel)}
                className="md:min-h-8"
              >
                Join
              </Button>
            ) : (
              <Button
                look="plain"
                aria-label={`Open ${channel.name}`}
                onClick={() => open(channel)}
                className="md:min-h-8"
              >
                Open
              </Button>
            )}
          </li>
        ))}
      </ul>
      {found.length > SHOWN ? (
        <p className="mt-2 text-meta text-muted">Only the first {SHOWN} are listed. Type a name to find the others.</p>
      ) : null}
    </Dialog>
  );
}
