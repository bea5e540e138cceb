"use client";

import { useState } from "react";
import { rest } from "@/lib/shared/rest";
import { Button } from "@/lib/ui/button";
import { Notice } from "@/lib/ui/notice";
import { TextField } from "@/lib/ui/text-field";
import { useForm } from "@/lib/ui/use-form";
import { useHydrated } from "@/lib/ui/use-hydrated";

/** The name that others read beside what one writes. */
export function ProfileForm({ displayName }: { displayName: string }) {
  const ready = useHydrated();
  const [saved, setSaved] = useState(false);
  const { form, busy, errors, problem, onSubmit } = useForm(async (fields) => {
    setSaved(false);
    await rest("PATCH", "/me", { displayName: (fields.displayName ?? "").trim() });
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
