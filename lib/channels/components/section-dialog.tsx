"use client";

import { useId } from "react";
import type { ChannelView } from "@/lib/channels/channel.events";
import { useChannelActions, useChannels } from "@/lib/channels/channel.hooks";
import { Button } from "@/lib/ui/button";
import Dialog from "@/lib/ui/dialog";
import { Notice } from "@/lib/ui/notice";
import { TextField } from "@/lib/ui/text-field";
import { useForm } from "@/lib/ui/use-form";

/** Moves a channel to a section of one's own list, which is there as long as something is in it. */
export default function SectionDialog({ channel, onClose }: { channel: ChannelView; onClose: () => void }) {
  const { prefer } = useChannelActions();
  const channels = useChannels((state) => state);
  const listId = useId();
  const known = [...new Set([...channels.values()].flatMap(({ section }) => section ?? []))].sort();
  const { form, busy, errors, problem, onSubmit } = useForm(async ({ section = "" }) => {
    await prefer(channel.id, { section: section.trim() === "" ? null : section.trim() });
    onClose();
  });
  return (
    <Dialog title="Move to a section" description="Sections are yours alone." onClose={onClose}>
      <form ref={form} noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
        {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
        <TextField
          name="section"
          label="Section (empty for none)"
          defaultValue={channel.section ?? ""}
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
            Move
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
