"use client";

import { type ReactNode, useRef, useState } from "react";
import { useChannelActions } from "@/lib/channels/channel.hooks";
import { channelPath } from "@/lib/channels/channel-path";
import { PeoplePicker } from "@/lib/channels/components/people-picker";
import { isRefusal } from "@/lib/shared/errors";
import { Button } from "@/lib/ui/button";
import Dialog from "@/lib/ui/dialog";
import { navigate } from "@/lib/ui/location";
import { Notice } from "@/lib/ui/notice";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

const MOST_OTHERS = 8;

interface WriteDialogProps {
  markOf: (accountId: string) => ReactNode;
  onClose: () => void;
}

/** Chooses whom to write to, and opens the one conversation with them. */
export default function WriteDialog({ markOf, onClose }: WriteDialogProps) {
  const { write } = useChannelActions();
  const slug = useWorkspace((state) => state.workspace.slug);
  const [chosen, setChosen] = useState<string[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const gone = useRef(false);

  async function open(): Promise<void> {
    setBusy(true);
    try {
      const channel = await write(chosen);
      gone.current = true;
      navigate(channelPath(slug, channel));
      onClose();
    } catch (error) {
      setProblem(isRefusal(error) ? error.message : "That did not work. Try again.");
      setBusy(false);
    }
  }

  return (
    <Dialog
      title="New direct message"
      description={`Choose up to ${MOST_OTHERS} people. Choose nobody to write notes to yourself.`}
      returnsFocus={() => !gone.current}
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
        className="flex flex-col gap-3"
      >
        {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
        <PeoplePicker chosen={chosen} most={MOST_OTHERS} markOf={markOf} onChange={setChosen} />
        <div className="flex justify-end gap-2">
          <Button look="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="primary" busy={busy}>
            {chosen.length === 0 ? "Open my notes" : "Open"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
