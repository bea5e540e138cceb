"use client";

import { useState } from "react";
import type { TokenView } from "@/lib/auth/account.events";
import { isRefusal } from "@/lib/shared/errors";
import { rest } from "@/lib/shared/rest";
import { Button } from "@/lib/ui/button";
import { Notice } from "@/lib/ui/notice";
import { TextField } from "@/lib/ui/text-field";
import { Time } from "@/lib/ui/time";
import { useForm } from "@/lib/ui/use-form";
import { useHydrated } from "@/lib/ui/use-hydrated";

/** A new token's secret, for the one moment it can be seen. */
function FreshSecret({ secret }: { secret: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <div role="status" className="rounded-sm bg-notice p-3">
      <p className="text-meta text-body">Copy the secret now. It is not shown again.</p>
      <div className="mt-2 flex items-center gap-2">
        <code className="min-w-0 grow font-mono text-meta break-all text-strong select-all">{secret}</code>
        <Button onClick={() => void navigator.clipboard.writeText(secret).then(() => setCopied(true))}>
          {copied ? "Copied" : "Copy"}
        </Button>
      </div>
    </div>
  );
}

/** The personal access tokens of an account, for programs that act in its name. */
export function TokenList({ initial }: { initial: TokenView[] }) {
  const ready = useHydrated();
  const [tokens, setTokens] = useState(initial);
  const [secret, setSecret] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const { form, busy, errors, problem, onSubmit } = useForm(async ({ name = "" }) => {
    const made = await rest<{ token: TokenView; secret: string }>("POST", "/tokens", { name: name.trim() });
    setTokens((held) => [made.token, ...held]);
    setSecret(made.secret);
    form.current?.reset();
  });

  async function revoke(id: string): Promise<void> {
    setRefused(null);
    try {
      await rest("DELETE", `/tokens/${id}`);
      setTokens((held) => held.filter((token) => token.id !== id));
    } catch (error) {
      setRefused(isRefusal(error) ? error.message : "That did not work. Try again.");
    }
  }

  const wrong = problem ?? refused;
  return (
    <div className="flex flex-col gap-3">
      {wrong === null ? null : <Notice tone="danger">{wrong}</Notice>}
      <form ref={form} method="post" noValidate onSubmit={onSubmit} className="flex flex-wrap items-end gap-2">
        <TextField
          name="name"
          label="What is it for?"
          placeholder="Weather bot"
          autoComplete="off"
          error={errors.name}
          className="min-w-48 grow"
        />
        <Button type="submit" busy={busy} disabled={!ready}>
          Create token
        </Button>
      </form>
      {secret === null ? null : <FreshSecret key={secret} secret={secret} />}
      {tokens.length === 0 ? (
        <p className="text-meta text-muted">You have no tokens.</p>
      ) : (
        <ul className="divide-y divide-hairline">
          {tokens.map((token) => (
            <li key={token.id} className="flex items-center gap-3 py-3">
              <span className="min-w-0 grow">
                <span className="block truncate font-medium text-strong" title={token.name}>
                  <bdi>{token.name}</bdi>
                </span>
                <span className="block text-meta text-muted">
                  Made <Time iso={token.createdAt} />
                  {token.lastUsedAt === null ? " · never used" : " · last used "}
                  {token.lastUsedAt === null ? null : <Time iso={token.lastUsedAt} />}
                </span>
              </span>
              <Button aria-label={`Revoke ${token.name}`} onClick={() => void revoke(token.id)}>
                Revoke
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
