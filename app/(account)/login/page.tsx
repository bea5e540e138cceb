import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { viewerForPage } from "@/app/viewer";
import { GuestForm } from "@/lib/auth/components/guest-form";
import { LogInForm } from "@/lib/auth/components/log-in-form";
import { nextPath } from "@/lib/auth/next-path";
import { Notice } from "@/lib/ui/notice";
import { signUpState } from "@/lib/workspaces/workspace.queries";

export const metadata: Metadata = { title: "Log in" };

interface LogInProps {
  searchParams: Promise<{ next?: string | string[]; ended?: string | string[] }>;
}

export default async function LogInPage({ searchParams }: LogInProps) {
  const { next, ended } = await searchParams;
  const path = nextPath(typeof next === "string" ? next : null);
  if ((await viewerForPage()) !== null) redirect(path);
  const { firstAccount, guestsAllowed } = await signUpState();
  return (
    <>
      <h1 className="mb-6 text-display font-semibold text-strong">Log in</h1>
      {ended === undefined ? null : (
        <div className="mb-4">
          <Notice tone="plain">This session was ended. What you had not sent is kept; log in to send it.</Notice>
        </div>
      )}
      <LogInForm next={path} />
      {guestsAllowed && !firstAccount ? (
        <section aria-labelledby="guest" className="mt-8 border-t border-hairline pt-6">
          <h2 id="guest" className="mb-3 text-title font-semibold text-strong">
            Just visiting?
          </h2>
          <GuestForm next={path} />
        </section>
      ) : null}
      <p className="mt-6 text-meta text-muted">
        New here?{" "}
        <a
          href={path === "/" ? "/signup" : `/signup?next=${encodeURIComponent(path)}`}
          className="font-medium text-accent underline underline-offset-2"
        >
          Create an account
        </a>
      </p>
    </>
  );
}
