import { settings } from "@/lib/shared/settings";

/** Whether people reach Parley by https, so that cookies may carry `Secure` and the `__Host-` prefix. */
export function overHttps(): boolean {
  return settings().publicUrl?.startsWith("https:") ?? false;
}

/** A cookie's full name. The prefix makes browsers refuse one that a sibling host or plain http has set. */
export function cookieName(name: string): string {
  return `${overHttps() ? "__Host-" : ""}parley.${name}`;
}

/** The cookie that holds the session. */
export function sessionCookieName(): string {
  return cookieName("sid");
}
