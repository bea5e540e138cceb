"use client";

import { rest } from "@/lib/shared/rest";
import { Button } from "@/lib/ui/button";
import { Notice } from "@/lib/ui/notice";
import { TextField } from "@/lib/ui/text-field";
import { useForm } from "@/lib/ui/use-form";
import { useHydrated } from "@/lib/ui/use-hydrated";

/** Where a guest becomes a member, with the same name, channels and messages. */
export function KeepAccountForm({ nickname }: { nickname: string }) {
  const ready = useHydrated();
  const { form, busy, errors, problem, onSubmit } = useForm(async ({ username = "", password = "" }) => {
    await rest("POST", "/me/upgrade", { username: username.trim(), password });
    window.location.reload();
  });
  return (
    <form ref={form} method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-3">
      {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
      <TextField
        name="username"
        label="Username"
        defaultValue={nickname.replaceAll(" ", ".")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        error={errors.username}
      />
      <TextField
        name="password"
        type="password"
        label="Password"
        autoComplete="new-password"
        hint="At least 8 characters."
        error={errors.password}
      />
      <div>
        <Button type="submit" look="primary" busy={busy} disabled={!ready}>
          Keep the account
        </Button>
      </div>
    </form>
  );
}
