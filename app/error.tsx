"use client";

import { Button } from "@/lib/ui/button";

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-3 bg-surface px-6 text-center">
      <h1 className="text-display font-semibold text-strong">This page could not be shown</h1>
      <p className="max-w-[44ch] text-body">Nothing was lost: what was sent is stored, and what you typed is kept.</p>
      <Button look="primary" onClick={reset} className="mt-2">
        Try again
      </Button>
    </main>
  );
}
