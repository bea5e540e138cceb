"use client";

import { logIn } from "@/lib/auth/log-in";
import { Button } from "@/lib/ui/button";
import { Notice } from "@/lib/ui/notice";
import { TextField } from "@/lib/ui/text-field";
import { useForm } from "@/lib/ui/use-form";
import { useHydrated } from "@/lib/ui/use-hydrated";

/** @param next the path to go to afterwards */
export function LogInForm({ next }: { next: string }) {
  const ready = useHydrated();
  const { form, busy, errors, problem, onSubmit } = useForm(async ({ username = "", password = "" }) => {
    await logIn(username.trim(), password);
    window.location.assign(next);
  });
  return (
    <form ref={form} method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
      {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
      <TextField
        name="username"
        label="Username or email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        error={errors.username}
      />
      <TextField
        name="password"
        type="password"
        label="Password"
        autoComplete="current-password"
        error={errors.password}
      />
      <Button type="submit" look="primary" busy={busy} disabled={!ready} className="mt-2">
        Log in
      </Button>
    </form>
  );
}
