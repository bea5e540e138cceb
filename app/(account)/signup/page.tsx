import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { viewerForPage } from "@/app/viewer";
import { SignUpForm } from "@/lib/auth/components/sign-up-form";
import { nextPath } from "@/lib/auth/next-path";
import { signUpState } from "@/lib/workspaces/workspace.queries";

export const metadata: Metadata = { title: "Create an account" };

export default async function SignUpPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams;
  const path = nextPath(typeof next === "string" ? next : null);
  if ((await viewerForPage()) !== null) redirect(path);
  const { firstAccount } = await signUpState();
  return (
    <>
      <h1 className="text-display font-semibold text-strong">
        {firstAccount ? "Start your workspace" : "Create an account"}
      </h1>
      <p className="mt-2 mb-6 text-body">
        {firstAccount
          ? "Nobody is here yet. Yours is the first account, and it owns the workspace."
          : "Choose a name that others will know you by."}
      </p>
      <SignUpForm firstAccount={firstAccount} next={path} />
      {firstAccount ? null : (
        <p className="mt-6 text-meta text-muted">
          Already have an account?{" "}
          <a href={loginPath(path)} className="font-medium text-accent underline underline-offset-2">
            Log in
          </a>
        </p>
      )}
    </>
  );
}

function loginPath(next: string): string {
  return next === "/" ? "/login" : `/login?next=${encodeURIComponent(next)}`;
}
