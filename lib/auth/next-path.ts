/**
 * Where to go after logging in: `next` if it is a path of this site, else "/".
 * Anything that a browser could read as another host ("//evil", "/\evil", "https:evil") is not.
 */
export function nextPath(next: string | null | undefined): string {
  if (!next || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next)) return "/";
  const here = "http://parley.invalid";
  if (!URL.canParse(next, here)) return "/";
  const target = new URL(next, here);
  if (target.origin !== here || target.pathname.startsWith("//")) return "/";
  return `${target.pathname}${target.search}${target.hash}`;
}
