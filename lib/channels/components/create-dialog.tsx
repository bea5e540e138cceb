"use client";

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
  const { form, busy, errors, problem, onSubmit } = useForm(async (fields) => {
    const { name = "", topic = "" } = fields;
    const channel = await create({
      name,
      ...(topic === "" ? {} : { topic }),
      ...(fields.private === undefined ? {} : { private: true }),
    });
    navigate(channelPath(slug, channel));
    onClose();
  });
  return (
    <Dialog title="Create a channel" description="A channel is a place for one subject." onClose={onClose}>
      <form ref={form} noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
        {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
        <TextField name="name" label="Name" placeholder="garden" autoComplete="off" error={errors.name} />
        <TextField name="topic" label="Topic (optional)" autoComplete="off" error={errors.topic} />
        <label className="flex items-start gap-3 py-1">
          <input type="checkbox" name="private" className="mt-0.75 size-4 shrink-0 accent-accent" />
          <span>
            <span className="block font-medium text-strong">Private</span>
            <span className="block text-meta text-muted">Only those who are added can see it.</span>
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
