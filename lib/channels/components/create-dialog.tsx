"use client";

import { useRef } from "react";
import { useChannelActions } from "@/lib/channels/channel.hooks";
import { channelPath } from "@/lib/channels/channel-path";
import { Button } from "@/lib/ui/button";
import Dialog from "@/lib/ui/dialog";
import { navigate } from "@/lib/ui/location";
import { Notice } from "@/lib/ui/notice";
import { TextField } from "@/lib/ui/text-field";
import { useForm } from "@/lib/ui/use-form";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

/** Names a new channel, makes it and goes there. */
export default function CreateDialog({ onClose }: { onClose: () => void }) {
  const { create } = useChannelActions();
  const slug = useWorkspace((state) => state.workspace.slug);
  const gone = useRef(false);
  const { form, busy, errors, problem, onSubmit } = useForm(async (fields) => {
    const { name = "", topic = "", secret } = fields;
    const channel = await create({
      name,
      private: secret !== undefined,
      ...(topic === "" ? {} : { topic }),
    });
    gone.current = true;
    navigate(channelPath(slug, channel));
    onClose();
  });
  return (
    <Dialog
      title="Create a channel"
      description="A channel is a place for one subject."
      returnsFocus={() => !gone.current}
      onClose={onClose}
    >
      <form ref={form} noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
        {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
        <TextField name="name" label="Name" placeholder="garden" autoComplete="off" error={errors.name} />
        <TextField name="topic" label="Topic (optional)" autoComplete="off" error={errors.topic} />
        <label className="flex min-h-11 items-start gap-3 text-meta">
          <input type="checkbox" name="secret" className="mt-0.5 size-4 shrink-0 accent-accent" />
          <span>
            <span className="block font-medium text-strong">Private</span>
            Only those who are added find it and read it.
          </span>
        </label>
        <div className="flex justify-end gap-2">
          <Button look="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="primary" busy={busy}>
            Create
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
