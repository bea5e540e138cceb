"use client";

import { Bell, BellOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { Composer, type ComposerProps } from "@/lib/messages/components/composer";
import { Timeline } from "@/lib/messages/components/timeline";
import { SidePanel } from "@/lib/threads/components/side-panel";
import { useFollow, useMarkThreadRead, useThread } from "@/lib/threads/thread.hooks";
import { IconButton } from "@/lib/ui/icon-button";

interface ThreadPanelProps extends Pick<ComponentProps<typeof Timeline>, "authors" | "locale" | "timeZone"> {
  channel: ComposerProps["channel"];
  threadId: string;
  focusMessageId?: string;
  onClose: () => void;
}

/** A thread beside its channel, or in its place on a phone. */
export function ThreadPanel({ channel, threadId, onClose, ...timeline }: ThreadPanelProps) {
  const target = { channelId: channel.id, threadId };
  const thread = useThread(target);
  const markRead = useMarkThreadRead(target);
  const follow = useFollow(target);
  const following = thread?.following === true;
  const [problem, setProblem] = useState("");
  return (
    <SidePanel
      title="Thread"
      subtitle={channel.title}
      onClose={onClose}
      actions={
        <IconButton
          label={following ? "Follow no longer" : "Follow this thread"}
          tip="belowEnd"
          aria-pressed={following}
          onClick={() => void follow(!following).then((refusal) => setProblem(refusal ?? ""))}
        >
          {following ? (
            <Bell size={16} strokeWidth={1.75} aria-hidden="true" />
          ) : (
            <BellOff size={16} strokeWidth={1.75} aria-hidden="true" />
          )}
        </IconButton>
      }
    >
      {problem === "" ? null : (
        <p role="alert" className="border-b border-hairline px-4 py-2 text-small text-danger">
          {problem}
        </p>
      )}
      <Timeline
        key={threadId}
        channel={{
          id: channel.id,
          title: channel.title,
          readSeq: thread?.readSeq ?? null,
          lastSeq: thread?.root?.replyCount ?? 0,
        }}
        threadId={threadId}
        onRead={markRead}
        {...timeline}
      />
      <Composer key={`reply ${threadId}`} channel={channel} threadId={threadId} />
    </SidePanel>
  );
}
