import type { AccountView } from "@/lib/auth/account.events";

export type Role = "owner" | "admin" | "member" | "guest";

export interface WorkspaceView {
  id: string;
  slug: string;
  name: string;
  guestsAllowed: boolean;
  linkPreviews: boolean;
}

export interface MemberView extends AccountView {
  role: Role;
}

/** A workspace, the viewer in it, and the people. */
export interface WorkspacePeople {
  workspace: WorkspaceView;
  members: MemberView[];
  me: MemberView;
}
