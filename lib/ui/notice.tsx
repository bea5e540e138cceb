import type { ReactNode } from "react";

/** A sentence about what just went wrong or well, said aloud to those who cannot see it appear. */
export function Notice({ tone, children }: { tone: "danger" | "plain"; children: ReactNode }) {
  return (
    <p
      role={tone === "danger" ? "alert" : "status"}
      className={`rounded-sm px-3 py-2 text-meta ${tone === "danger" ? "bg-danger/10 text-danger" : "bg-notice text-body"}`}
    >
      {children}
    </p>
  );
}
