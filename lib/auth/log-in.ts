import { countUnsent, forgetDevice } from "@/lib/realtime/browser/device";
import { Refusal } from "@/lib/shared/errors";
import { rest } from "@/lib/shared/rest";

const UNREACHABLE = "Parley cannot be reached. What you typed is kept; check the connection and try again.";

async function ask(path: string, fields: Record<string, string>): Promise<{ url?: string }> {
  const unreachable = () => {
    throw new Refusal("unavailable", UNREACHABLE);
  };
  const { csrfToken }: { csrfToken: string } = await fetch("/api/auth/csrf")
    .then((response) => response.json())
    .catch(unreachable);
  const body = new URLSearchParams({ ...fields, csrfToken, json: "true", callbackUrl: window.location.origin });
  const response = await fetch(`/api/auth/${path}`, { method: "POST", body }).catch(unreachable);
  return response.json().catch(unreachable);
}

/** NextAuth answers a refused log-in with the address of a page that shows an `error`: a sentence, or its own word. */
function refusedWith(answer: { url?: string }): string | null {
  const { searchParams } = new URL(answer.url ?? "/", window.location.origin);
  return searchParams.has("csrf") ? "This page had grown old. Try once more." : searchParams.get("error");
}

/** Says at the field what nobody needs to ask the server. */
function checkFilled(fields: Record<string, string>): void {
  const errors = Object.entries(fields).flatMap(([path, value]) =>
    value === "" ? [{ path, message: "This is empty." }] : [],
  );
  if (errors.length > 0) throw new Refusal("invalid", "Something is missing.", { errors });
}

/** Logs in with a username or e-mail address. Throws a Refusal with the sentence to show. */
export async function logIn(username: string, password: string): Promise<void> {
  checkFilled({ username, password });
  const error = refusedWith(await ask("callback/credentials", { username, password }));
  if (error === null) return;
  if (error !== "CredentialsSignin") throw new Refusal("forbidden", error);
  throw new Refusal("unauthenticated", "That name and password do not belong together.");
}

/** Enters with nothing but a nickname. Throws a Refusal with the sentence to show. */
export async function joinAsGuest(nickname: string): Promise<void> {
  checkFilled({ nickname });
  const error = refusedWith(await ask("callback/guest", { nickname }));
  if (error === null) return;
  const message =
    error === "CredentialsSignin"
      ? "That nickname cannot be used here. Try another."
      : error.replace(/^nickname: /, "");
  throw new Refusal("conflict", message, { errors: [{ path: "nickname", message }] });
}

interface NewAccount {
  username: string;
  password: string;
  email?: string;
  workspaceName?: string;
}

/** Makes an account and logs in to it. Throws a Refusal with the sentence to show. */
export async function signUp(account: NewAccount): Promise<void> {
  await rest("POST", "/accounts", account);
  await logIn(account.username, account.password);
}

/**
 * Ends this session, removes what was read and written on this device, and shows the log-in page. Asks first where
 * messages would be lost with it.
 */
export async function logOut(): Promise<void> {
  const unsent = await countUnsent();
  const what = unsent === 1 ? "One message is" : `${unsent} messages are`;
  if (unsent > 0 && !window.confirm(`${what} not sent yet and would be lost. Log out all the same?`)) return;
  await ask("signout", {});
  await forgetDevice();
  window.location.assign("/login");
}
