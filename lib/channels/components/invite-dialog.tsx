"use client";

import { type ReactNode, useState } from "react";
import type { ChannelView } from "@/lib/channels/channel.events";
import { useChannelActions } from "@/lib/channels/channel.hooks";
import { PeoplePicker } from "@/lib/channels/components/people-picker";
import { isRefusal } from "@/lib/shared/errors";
import { Button } from "@/lib/ui/button";
import Dialog from "@/lib/ui/dialog";
import { Notice } from "@/lib/ui/notice";

interface InviteDialogProps {
  channel: ChannelView;
  markOf: (accountId: string) => ReactNode;
  onClose: () => void;
}

const MOST = 100;

/** Adds people to a channel. Whoever is in it already stays. */
export default function InviteDialog({ channel, markOf, onClose }: InviteDialogProps) {
  const { invite } = useChannelActions();
  const [chosen, setChosen] = useState<string[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function add(): Promise<void> {
    if (chosen.length === 0) return setProblem("Choose somebody first.");
    setBusy(true);
    try {
      await invite(channel.id, chosen);
      onClose();
    } catch (error) {
      setProblem(isRefusal(error) ? error.message : "That did not work. Try again.");
      setBusy(false);
    }
  }

  return (
    <Dialog title={`Add people to #${channel.name}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
        className="flex flex-col gap-3"
      >
        {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
        <PeoplePicker chosen={chosen} most={MOST} markOf={markOf} onChange={setChosen} />
        <div className="flex justify-end gap-2">
          <Button look="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="primary" busy={busy}>
            Add
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
