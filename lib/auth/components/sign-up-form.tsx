"use client";

import { signUp } from "@/lib/auth/log-in";
import { Button } from "@/lib/ui/button";
import { Notice } from "@/lib/ui/notice";
import { TextField } from "@/lib/ui/text-field";
import { useForm } from "@/lib/ui/use-form";
import { useHydrated } from "@/lib/ui/use-hydrated";

/**
 * @param firstAccount asks for the workspace's name too, which the first account founds
 * @param next the path to go to afterwards
 */
export function SignUpForm({ firstAccount, next }: { firstAccount: boolean; next: string }) {
  const ready = useHydrated();
  const { form, busy, errors, problem, onSubmit } = useForm(async (fields) => {
    const { username = "", password = "", email = "", workspaceName = "" } = fields;
    await signUp({
      username: username.trim(),
      password,
      ...(email.trim() === "" ? {} : { email: email.trim() }),
      ...(workspaceName.trim() === "" ? {} : { workspaceName: workspaceName.trim() }),
    });
    window.location.assign(next);
  });
  return (
    <form ref={form} method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
      {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
      {firstAccount ? (
        <TextField
          name="workspaceName"
          label="Workspace name"
          hint="What your community or team is called."
          autoComplete="organization"
          error={errors.workspaceName}
        />
      ) : null}
      <TextField
        name="username"
        label="Username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        error={errors.username}
      />
      <TextField
        name="email"
        type="email"
        label="Email (optional)"
        autoComplete="email"
        inputMode="email"
        error={errors.email}
      />
      <TextField
        name="password"
        type="password"
        label="Password"
        autoComplete="new-password"
        hint="At least 8 characters."
        error={errors.password}
      />
      <Button type="submit" look="primary" busy={busy} disabled={!ready} className="mt-2">
        Create account
      </Button>
    </form>
  );
}
