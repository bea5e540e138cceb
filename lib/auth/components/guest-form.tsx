"use client";

import { joinAsGuest } from "@/lib/auth/log-in";
import { Button } from "@/lib/ui/button";
import { Notice } from "@/lib/ui/notice";
import { TextField } from "@/lib/ui/text-field";
import { useForm } from "@/lib/ui/use-form";
import { useHydrated } from "@/lib/ui/use-hydrated";

/** @param next the path to go to afterwards */
export function GuestForm({ next }: { next: string }) {
  const ready = useHydrated();
  const { form, busy, errors, problem, onSubmit } = useForm(async ({ nickname = "" }) => {
    await joinAsGuest(nickname.trim());
    window.location.assign(next);
  });
  return (
    <form ref={form} method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
      {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
      <TextField
        name="nickname"
        label="Nickname"
        autoComplete="nickname"
        spellCheck={false}
        hint="No password needed. You can keep the account later."
        error={errors.nickname}
      />
      <Button type="submit" busy={busy} disabled={!ready}>
        Join as guest
      </Button>
    </form>
  );
}
