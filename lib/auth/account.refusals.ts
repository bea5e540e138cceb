import { Refusal } from "@/lib/shared/errors";

/** The name, or one that looks like it, is somebody else's. The two are not told apart: both must be chosen anew. */
export function nameTaken(field: "username" | "nickname" | "displayName"): Refusal {
  const message = "That name is taken, or looks like one that is. Choose another.";
  return new Refusal("conflict", message, { errors: [{ path: field, message }] });
}

export function emailTaken(): Refusal {
  const message = "An account with that e-mail address exists already. Log in instead, or use another.";
  return new Refusal("conflict", message, { errors: [{ path: "email", message }] });
}

/** Whether a write failed because another account has the e-mail address. */
export function isEmailClash(error: unknown): boolean {
  return error instanceof Error && "constraint" in error && error.constraint === "accounts_email_key";
}
