import { Refusal } from "@/lib/shared/errors";
import type { Role } from "@/lib/workspaces/workspace.events";

export function mayChangeWorkspace(role: Role): boolean {
  return role === "owner" || role === "admin";
}

/** Owners give any role; admins make members admins and admins members. Guests become members by choosing a password. */
export function checkMayChangeRole(own: Role, before: Role, after: Role): void {
  if (before === "guest") throw new Refusal("forbidden", "A guest becomes a member by choosing a password.");
  if (own === "owner" || (own === "admin" && before !== "owner" && after !== "owner")) return;
  throw new Refusal("forbidden", "Only owners make and unmake owners; admins change the roles of members and admins.");
}

export function checkMayChangeWorkspace(role: Role): void {
  if (!mayChangeWorkspace(role)) throw new Refusal("forbidden", "Only an owner or an admin can change the workspace.");
}
