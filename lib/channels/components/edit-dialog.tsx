"use client";

import type { ChannelView } from "@/lib/channels/channel.events";
import { useChannelActions } from "@/lib/channels/channel.hooks";
import { Button } from "@/lib/ui/button";
import Dialog from "@/lib/ui/dialog";
import { Notice } from "@/lib/ui/notice";
import { TextField } from "@/lib/ui/text-field";
import { useForm } from "@/lib/ui/use-form";

const WORDS = {
  rename: { title: "Rename the channel", label: "Name", name: "name", save: "Rename" },
  topic: { title: "Set the topic", label: "Topic", name: "topic", save: "Save" },
} as const;

interface EditDialogProps {
  field: keyof typeof WORDS;
  channel: ChannelView;
  onClose: () => void;
}

/** Changes a channel's name or topic. */
export default function EditDialog({ field, channel, onClose }: EditDialogProps) {
  const { change } = useChannelActions();
  const { title, label, name, save } = WORDS[field];
  const { form, busy, errors, problem, onSubmit } = useForm(async (fields) => {
    await change(channel.id, { [name]: fields[name] ?? "" });
    onClose();
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <form ref={form} noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
        {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
        <TextField
          name={name}
          label={label}
          defaultValue={channel[name]}
          autoComplete="off"
          onFocus={(event) => event.target.select()}
          error={errors[name]}
        />
        <div className="flex justify-end gap-2">
          <Button look="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="primary" busy={busy}>
            {save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
