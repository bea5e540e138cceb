"use client";

import type { ChannelView } from "@/lib/channels/channel.events";
import { type ChannelActions, useChannelActions } from "@/lib/channels/channel.hooks";
import { Button } from "@/lib/ui/button";
import Dialog from "@/lib/ui/dialog";
import { Notice } from "@/lib/ui/notice";
import { useForm } from "@/lib/ui/use-form";

interface Question {
  ask: (name: string) => string;
  explain: (channel: ChannelView) => string;
  yes: string;
  look: "primary" | "danger";
  run: (actions: ChannelActions, id: string) => Promise<unknown>;
}

const QUESTIONS: Record<"leave" | "archive" | "unarchive", Question> = {
  leave: {
    ask: (name) => `Leave #${name}?`,
    explain: ({ kind, memberCount }) =>
      kind === "private" && memberCount === 1
        ? "You are the last one in it. Once you leave, nobody can come back and nobody can read what was said there."
        : kind === "public"
          ? "You can join it again at any time. What you said there stays."
          : "It is private: to come back, somebody in it has to add you. What you said there stays.",
    yes: "Leave",
    look: "danger",
    run: ({ leave }, id) => leave(id),
  },
  archive: {
    ask: (name) => `Archive #${name}?`,
    explain: () => "Nobody can write in it any more. All that was said stays and can be read.",
    yes: "Archive",
    look: "danger",
    run: ({ change }, id) => change(id, { archived: true }),
  },
  unarchive: {
    ask: (name) => `Bring #${name} back?`,
    explain: () => "Its members can write in it again.",
    yes: "Bring it back",
    look: "primary",
    run: ({ change }, id) => change(id, { archived: false }),
  },
};

interface ConfirmDialogProps {
  what: keyof typeof QUESTIONS;
  channel: ChannelView;
  onClose: () => void;
}

/** Asks once more before something that others notice. */
export default function ConfirmDialog({ what, channel, onClose }: ConfirmDialogProps) {
  const actions = useChannelActions();
  const { ask, explain, yes, look, run } = QUESTIONS[what];
  const { form, busy, problem, onSubmit } = useForm(async () => {
    await run(actions, channel.id);
    onClose();
  });
  return (
    <Dialog title={ask(channel.name)} description={explain(channel)} onClose={onClose}>
      <form ref={form} onSubmit={onSubmit} className="flex flex-col gap-4">
        {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
        <div className="flex justify-end gap-2">
          <Button look="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look={look} busy={busy}>
            {yes}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
