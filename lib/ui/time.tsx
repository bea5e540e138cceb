"use client";

import { useHydrated } from "@/lib/ui/use-hydrated";

/**
 * A moment in words, in the reader's own zone and language. The server knows neither, so its HTML has the date in
 * UTC and the browser puts its own in place.
 *
 * @param iso ISO 8601
 */
export function Time({ iso }: { iso: string }) {
  const local = useHydrated();
  const text = local
    ? new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso))
    : iso.slice(0, 10);
  return <time dateTime={iso}>{text}</time>;
}
