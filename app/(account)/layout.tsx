import type { ReactNode } from "react";
import { Mark } from "@/lib/ui/mark";

/** The pages of those who are not in yet: one narrow column. */
export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <div className="safe-top safe-bottom flex min-h-dvh flex-col items-center bg-surface px-4">
      <main className="w-full max-w-[24rem] py-10 md:py-[12dvh]">
        <p className="mb-8 flex items-center gap-2 text-title font-semibold text-strong">
          <Mark className="size-7 text-accent" />
          Parley
        </p>
        {children}
      </main>
    </div>
  );
}
