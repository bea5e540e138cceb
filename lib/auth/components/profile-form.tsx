"use client";

import { useState } from "react";
import type { ProfileView } from "@/lib/auth/profile.events";
import { rest } from "@/lib/shared/rest";
import { Button } from "@/lib/ui/button";
import { Notice } from "@/lib/ui/notice";
import { TextField } from "@/lib/ui/text-field";
import { useForm } from "@/lib/ui/use-form";
import { useHydrated } from "@/lib/ui/use-hydrated";

interface ProfileFormProps {
  displayName: string;
  profile: ProfileView;
}

/** The name that others read beside what one writes, and what they find when they look who one is. */
export function ProfileForm({ displayName, profile }: ProfileFormProps) {
  const ready = useHydrated();
  const [saved, setSaved] = useState(false);
  const { form, busy, errors, problem, onSubmit } = useForm(async (fields) => {
    setSaved(false);
    const { title = "", pronouns = "", timeZone = "" } = fields;
    await rest("PATCH", "/me", {
      displayName: (fields.displayName ?? "").trim(),
      title,
      pronouns,
      timeZone: timeZone.trim() === "" ? null : timeZone.trim(),
    });
    setSaved(true);
  });
  return (
    <form ref={form} method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-3">
      {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
      <TextField
        name="displayName"
        label="Display name"
        defaultValue={displayName}
        autoComplete="name"
        error={errors.displayName}
      />
      <TextField name="title" label="What you do" defaultValue={profile.title} maxLength={100} error={errors.title} />
      <TextField
        name="pronouns"
        label="Pronouns"
        defaultValue={profile.pronouns}
        maxLength={40}
        error={errors.pronouns}
      />
      <TextField
        name="timeZone"
        label="Time zone"
        hint="As Europe/Lisbon. Others see what time it is for you."
        defaultValue={profile.timeZone ?? ""}
        autoComplete="off"
        error={errors.timeZone}
      />
      <div className="flex items-center gap-3">
        <Button type="submit" busy={busy} disabled={!ready}>
          Save
        </Button>
        <p role="status" className="text-meta text-success">
          {saved ? "Saved" : ""}
        </p>
      </div>
    </form>
  );
}
