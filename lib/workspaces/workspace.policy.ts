import { Refusal } from "@/lib/shared/errors";
import type { Role } from "@/lib/workspaces/workspace.events";

export function mayChangeWorkspace(role: Role): boolean {
  return role === "owner" || role === "admin";
}

export function checkMayChangeWorkspace(role: Role): void {
  if (!mayChangeWorkspace(role)) throw new Refusal("forbidden", "Only an owner or an admin can change the workspace.");
}
