import { overHttps } from "@/lib/auth/cookies";
import { headerOf, type RequestHeaders } from "@/lib/http/headers";

const SAME_MACHINE = /^(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/** Whether what is typed into this page crosses a network where others can read it. */
export function travelsOpenly(headers: RequestHeaders): boolean {
  return !overHttps() && !SAME_MACHINE.test(headerOf(headers, "x-forwarded-host") ?? "");
}
