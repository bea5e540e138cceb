/** What a Host header may hold: a name or an address, and a port. Nothing that would move the host elsewhere in a URL. */
const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/**
 * Whether a request's Origin is this Parley's own.
 *
 * Compared whole, as browsers spell it (lower case, no default port): `null`, another port, a suffix
 * (`chat.example.evil`) or user information never pass. Without PUBLIC_URL any scheme of the request's own host
 * counts, because a proxy may end TLS in front.
 *
 * @param origin the Origin header; absent is not our own: what to do with that is the caller's decision
 * @param host the Host header
 * @param publicUrl the origin of PUBLIC_URL; null where it is unset
 */
export function isOwnOrigin(
  origin: string | null | undefined,
  host: string | null | undefined,
  publicUrl: string | null,
): boolean {
  if (!origin) return false;
  if (publicUrl !== null) return origin === originOf(publicUrl);
  if (!host || !HOST.test(host)) return false;
  return origin === originOf(`http://${host}`) || origin === originOf(`https://${host}`);
}

function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null;
}
