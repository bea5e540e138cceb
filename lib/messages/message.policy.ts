import { notFound, Refusal } from "@/lib/shared/errors";
import type { Role } from "@/lib/workspaces/workspace.events";

/** Whoever has one of these roles in the workspace deletes anybody's messages. Everybody edits and deletes their own. */
export const MODERATORS: readonly Role[] = ["owner", "admin"];

/** Whether an account may see what a message said before its edits. */
export function maySeeEarlierTexts(accountId: string, role: Role, authorId: string): boolean {
  return accountId === authorId || MODERATORS.includes(role);
}

/** How many different emoji one message may carry; how many people use each is not limited. */
export const MOST_EMOJI = 50;

/** Why a change was not made; prisma/migrations/…_message_changes explains each. */
export type ChangeRefused = "not_found" | "deleted" | "not_own" | "archived" | "too_many" | "guest";

/** What the caller is to hear of it. A deleted message answers as one that was never there. */
export function refusalOfChange(outcome: ChangeRefused): Refusal {
  switch (outcome) {
    case "not_found":
      return notFound("The message");
    case "deleted":
      return new Refusal("not_found", "This message was deleted: it can be neither edited nor pinned nor reacted to.");
    case "not_own":
      return new Refusal(
        "forbidden",
        "Only its author can edit a message; its author, an owner or an admin delete it or take its previews away.",
      );
    case "archived":
      return new Refusal("forbidden", "This channel is archived: it can be read, and nothing in it can be changed.");
    case "guest":
      return new Refusal("forbidden", "Guests cannot pin messages. Choose a password to become a member.");
    case "too_many":
      return new Refusal("invalid", `A message can carry ${MOST_EMOJI} different emoji, and this one does.`, {
        errors: [{ path: "emoji", message: "would be one too many" }],
      });
  }
}
