"use client";

import { useDeferredValue, useMemo, useRef, useState } from "react";
import type { ChannelView } from "@/lib/channels/channel.events";
import { useChannelActions, useChannels, useFreshChannels } from "@/lib/channels/channel.hooks";
import { browsedChannels, type ChannelOrder } from "@/lib/channels/channel.selectors";
import { channelPath } from "@/lib/channels/channel-path";
import { BrowsedChannel } from "@/lib/channels/components/browsed-channel";
import { isRefusal } from "@/lib/shared/errors";
import Dialog from "@/lib/ui/dialog";
import { navigate } from "@/lib/ui/location";
import { Notice } from "@/lib/ui/notice";
import { TextField } from "@/lib/ui/text-field";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

const SHOWN = 500;

const ORDERS: Record<ChannelOrder, string> = { name: "Name", members: "Most members", newest: "Newest" };

/** All channels that one may know of, to be looked through, joined, left and opened. */
export default function BrowseDialog({ onClose }: { onClose: () => void }) {
  const channels = useChannels((state) => state);
  const slug = useWorkspace((state) => state.workspace.slug);
  const { join, leave } = useChannelActions();
  useFreshChannels();
  const [sought, setSought] = useState("");
  const [order, setOrder] = useState<ChannelOrder>("name");
  const [archived, setArchived] = useState(false);
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // A long list follows the typing, never holds it up.
  const words = useDeferredValue(sought);
  const found = useMemo(
    () => browsedChannels(channels, { words, order, archived }),
    [channels, words, order, archived],
  );
  const gone = useRef(false);

  function open(channel: ChannelView): void {
    gone.current = true;
    navigate(channelPath(slug, channel));
    onClose();
  }

  async function change(channel: ChannelView, how: (id: string) => Promise<void>): Promise<void> {
    setBusy(channel.id);
    setProblem(null);
    try {
      await how(channel.id);
    } catch (error) {
      setProblem(isRefusal(error) ? error.message : "That did not work. Try again.");
    } finally {
      setBusy(null);
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
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-meta">
        <label className="flex min-h-11 items-center gap-2 md:min-h-8">
          Sort by
          <select
            value={order}
            onChange={({ target }) => setOrder(isOrder(target.value) ? target.value : "name")}
            className="h-11 rounded-sm border border-field bg-raised px-2 text-strong md:h-8"
          >
            {Object.entries(ORDERS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label className="flex min-h-11 items-center gap-2 md:min-h-8">
          <input
            type="checkbox"
            checked={archived}
            onChange={(event) => setArchived(event.target.checked)}
            className="size-4 accent-accent"
          />
          Archived
        </label>
      </div>
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
          <BrowsedChannel
            key={channel.id}
            channel={channel}
            busy={busy === channel.id}
            onJoin={() => void change(channel, join)}
            onLeave={() => void change(channel, leave)}
            onOpen={() => open(channel)}
          />
        ))}
      </ul>
      {found.length > SHOWN ? (
        <p className="mt-2 text-meta text-muted">Only the first {SHOWN} are listed. Type a name to find the others.</p>
      ) : null}
    </Dialog>
  );
}

function isOrder(value: string): value is ChannelOrder {
  return Object.hasOwn(ORDERS, value);
}
