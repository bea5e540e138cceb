import { headers } from "next/headers";
import type { ReactNode } from "react";
import { travelsOpenly } from "@/lib/auth/travels-openly";
import { Mark } from "@/lib/ui/mark";
import { Notice } from "@/lib/ui/notice";

/** The pages of those who are not in yet: one narrow column. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <div className="safe-top safe-bottom flex min-h-dvh flex-col items-center bg-surface px-4">
      <main className="w-full max-w-[24rem] py-10 md:py-[12dvh]">
        <p className="mb-8 flex items-center gap-2 text-title font-semibold text-strong">
          <Mark className="size-7 text-accent" />
          Parley
        </p>
        {travelsOpenly(await headers()) ? (
          <div className="mb-6">
            <Notice tone="plain">
              This connection is not encrypted: others on the network can read what you type, your password too.
            </Notice>
          </div>
        ) : null}
        {children}
      </main>
    </div>
  );
}
