"use client";

import { useId } from "react";
import { useChannelActions, useChannels } from "@/lib/channels/channel.hooks";
import { Button } from "@/lib/ui/button";
import Dialog from "@/lib/ui/dialog";
import { Notice } from "@/lib/ui/notice";
import { TextField } from "@/lib/ui/text-field";
import { useForm } from "@/lib/ui/use-form";

interface SectionDialogProps {
  /** Where it stands now. */
  section: string | null;
  /** The one channel to be moved; without it, all of the section. */
  channelId?: string;
  onClose: () => void;
}

/** Moves a channel, or all of a section, to a section of one's own list, which is there as long as it holds something. */
export default function SectionDialog({ section: from, channelId, onClose }: SectionDialogProps) {
  const { prefer, moveSection } = useChannelActions();
  const channels = useChannels((state) => state);
  const listId = useId();
  const known = [...new Set([...channels.values()].flatMap(({ section }) => section ?? []))].sort();
  const { form, busy, errors, problem, onSubmit } = useForm(async ({ section = "" }) => {
    const to = section.trim() === "" ? null : section.trim();
    if (channelId !== undefined) await prefer(channelId, { section: to });
    else if (from !== null) await moveSection(from, to);
    onClose();
  });
  return (
    <Dialog
      title={channelId === undefined ? "Rename the section" : "Move to a section"}
      description="Sections are yours alone."
      onClose={onClose}
    >
      <form ref={form} noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
        {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
        <TextField
          name="section"
          label="Section (empty for none)"
          defaultValue={from ?? ""}
          list={listId}
          autoComplete="off"
          error={errors.section}
        />
        <datalist id={listId}>
          {known.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <div className="flex justify-end gap-2">
          <Button look="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="primary" busy={busy}>
            {channelId === undefined ? "Rename" : "Move"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
