const YEAR_SECONDS = 31_536_000;

/** Keeps a choice about this browser's screen for a year, where the server can read it before the first paint. */
export function keepCookie(name: string, value: string): void {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
