"use client";

import { useState } from "react";
import type { ProfileView } from "@/lib/auth/profile.events";
import { endOf, LASTING, type Lasting } from "@/lib/auth/status-ends";
import { rest } from "@/lib/shared/rest";
import { Button } from "@/lib/ui/button";
import { Notice } from "@/lib/ui/notice";
import { TextField } from "@/lib/ui/text-field";
import { useForm } from "@/lib/ui/use-form";
import { useHydrated } from "@/lib/ui/use-hydrated";

function isLasting(name: string): name is Lasting {
  return name in LASTING;
}

/** What one is up to, and until when that holds. */
export function StatusForm({ status }: { status: ProfileView["status"] }) {
  const ready = useHydrated();
  const [said, setSaid] = useState("");
  const { form, busy, errors, problem, onSubmit } = useForm(async ({ emoji = "", text = "", lasting = "" }) => {
    setSaid("");
    const none = emoji.trim() === "" && text.trim() === "";
    const expiresAt = isLasting(lasting) ? endOf(lasting, new Date()) : null;
    await rest("PATCH", "/me", { status: none ? null : { emoji, text, expiresAt } });
    setSaid(none ? "You have no status now" : "Saved");
  });
  return (
    <form ref={form} method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-3">
      {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
      <div className="flex gap-3">
        <TextField
          name="emoji"
          label="Emoji"
          defaultValue={status?.emoji ?? ""}
          maxLength={64}
          autoComplete="off"
          error={errors["status.emoji"]}
          className="w-24 shrink-0"
        />
        <TextField
          name="text"
          label="Status"
          defaultValue={status?.text ?? ""}
          maxLength={100}
          autoComplete="off"
          error={errors["status.text"]}
          className="grow"
        />
      </div>
      <label className="text-meta font-medium text-strong">
        Until
        <select
          name="lasting"
          className="mt-1 block h-11 w-full rounded-sm border border-field bg-raised px-3 text-[1rem] text-strong md:h-9 md:text-message"
        >
          {Object.entries(LASTING).map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <div className="flex items-center gap-3">
        <Button type="submit" busy={busy} disabled={!ready}>
          Set status
        </Button>
        <p role="status" className="text-meta text-success">
          {said}
        </p>
      </div>
    </form>
  );
}
