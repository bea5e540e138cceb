"use client";

import { Hash } from "lucide-react";
import type { ChannelView } from "@/lib/channels/channel.events";
import { useChannelActions } from "@/lib/channels/channel.hooks";
import { Button } from "@/lib/ui/button";
import { Notice } from "@/lib/ui/notice";
import { useForm } from "@/lib/ui/use-form";

/** What stands in place of the messages of a public channel that one is not in. */
export function JoinPanel({ channel }: { channel: ChannelView }) {
  const { join } = useChannelActions();
  const { form, busy, problem, onSubmit } = useForm(() => join(channel.id));
  return (
    <div className="flex min-h-0 grow flex-col items-center justify-center gap-3 px-6 text-center">
      <Hash size={32} strokeWidth={1.5} aria-hidden="true" className="text-muted" />
      <p className="text-title font-semibold text-strong">You are not in this channel</p>
      <p className="max-w-[44ch] text-body">{channel.topic === "" ? "Join it to read and to write." : channel.topic}</p>
      {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
      <form ref={form} onSubmit={onSubmit}>
        <Button type="submit" look="primary" busy={busy}>
          Join the channel
        </Button>
      </form>
    </div>
  );
}
