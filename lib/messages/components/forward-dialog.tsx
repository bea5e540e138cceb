"use client";

import { useId, useState } from "react";
import { useChannels } from "@/lib/channels/channel.hooks";
import { listedChannels, mayPost } from "@/lib/channels/channel.selectors";
import { useTitleOf } from "@/lib/channels/title.hooks";
import { quotation } from "@/lib/messages/actions/quotation";
import { MessageExcerpt } from "@/lib/messages/components/message-excerpt";
import type { MessageDesk } from "@/lib/messages/desk";
import type { MessageView } from "@/lib/messages/message.events";
import { Button } from "@/lib/ui/button";
import Dialog from "@/lib/ui/dialog";
import { TextField } from "@/lib/ui/text-field";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

interface ForwardDialogProps {
  desk: MessageDesk;
  message: MessageView;
  onClose: () => void;
}

/** Says a message again in another channel, quoted, with the way back to it. */
export default function ForwardDialog({ desk, message, onClose }: ForwardDialogProps) {
  const channels = useChannels((state) => state);
  const [sought, setSought] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [comment, setComment] = useState("");
  const commentId = useId();
  const needle = sought.trim().toLowerCase();
  const titleOf = useTitleOf();
  const role = useWorkspace((state) => state.me.role);
  const { favourites, sections, channels: others, direct } = listedChannels(channels, undefined);
  const own = [...favourites, ...sections.flatMap((section) => section.channels), ...others, ...direct];
  const open = own.filter((channel) => mayPost(channel, role));
  const found = open.filter((channel) => titleOf(channel).toLowerCase().includes(needle));

  const forward = () => {
    const channel = found.find(({ id }) => id === chosen);
    if (channel === undefined) return;
    const quote = quotation({
      body: message.body,
      authorName: desk.nameOf(message.authorId),
      address: desk.tools.addressOf(message),
    });
    const text = comment.trim() === "" ? quote : `${comment.trim()}\n\n${quote}`;
    desk.conversation.send({ channelId: channel.id, threadId: null }, text.trimEnd());
    desk.say(`Forwarded to ${titleOf(channel)}.`);
    onClose();
  };

  return (
    <Dialog title="Forward the message" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          forward();
        }}
        className="flex flex-col gap-3"
      >
        <div className="rounded-sm border border-hairline p-2">
          <MessageExcerpt desk={desk} message={message} />
        </div>
        <TextField
          label="Channel"
          type="search"
          autoComplete="off"
          placeholder="Find a channel"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
        <fieldset className="max-h-44 overflow-y-auto">
          <legend className="sr-only">Where to</legend>
          {found.map((channel) => (
            <label
              key={channel.id}
              className="flex min-h-11 items-center gap-2 rounded-sm px-2 hover:bg-hover has-checked:bg-active has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent md:min-h-8"
            >
              <input
                type="radio"
                name="channel"
                checked={chosen === channel.id}
                onChange={() => setChosen(channel.id)}
                className="size-4 shrink-0 accent-accent"
              />
              <bdi className="truncate">{titleOf(channel)}</bdi>
            </label>
          ))}
          {found.length === 0 ? (
            <p className="p-2 text-meta text-muted">You can write to no channel of that name.</p>
          ) : null}
        </fieldset>
        <div>
          <label htmlFor={commentId} className="mb-1 block text-meta font-medium text-strong">
            Say something with it (optional)
          </label>
          <textarea
            id={commentId}
            dir="auto"
            rows={2}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
            className="block w-full resize-none rounded-sm border border-field bg-raised px-3 py-2 text-message text-strong focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0"
          />
        </div>
        <div className="flex justify-end gap-2">
          <Button look="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="primary" disabled={!found.some(({ id }) => id === chosen)}>
            Forward
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
