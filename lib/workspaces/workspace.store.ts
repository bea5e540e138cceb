import type { AccountView } from "@/lib/auth/account.events";
import type { MemberView, Role, WorkspacePeople, WorkspaceView } from "@/lib/workspaces/workspace.events";

/** What a tab knows of its workspace and the people in it. */
export interface WorkspaceState {
  workspace: WorkspaceView;
  me: MemberView;
  /** Those met so far: the authors on the first page at the start, everybody once the shell was fetched. */
  members: ReadonlyMap<string, MemberView>;
  everybody: boolean;
}

export type WorkspaceFact =
  | { type: "shell"; shell: WorkspacePeople }
  /** An account came, or changed its name or kind. */
  | { type: "account"; account: AccountView; role?: Role };

/** The state to start from: a shell that holds only some of the members. */
export function startWorkspace({ workspace, me, members }: WorkspacePeople): WorkspaceState {
  return { workspace, me, members: membersById([...members, me]), everybody: false };
}

export function workspaceReducer(state: WorkspaceState, fact: WorkspaceFact): WorkspaceState {
  switch (fact.type) {
    case "shell": {
      const { workspace, me, members } = fact.shell;
      return { workspace, me, members: membersById([...members, me]), everybody: true };
    }
    case "account": {
      const newcomer: Role = fact.account.kind === "guest" ? "guest" : "member";
      const known = fact.role ?? state.members.get(fact.account.id)?.role ?? newcomer;
      // Whoever was a guest and chose a password is a member now.
      const changed: MemberView = { ...fact.account, role: known === "guest" ? newcomer : known };
      const me = changed.id === state.me.id ? changed : state.me;
      return { ...state, me, members: new Map(state.members).set(changed.id, changed) };
    }
  }
}

function membersById(members: MemberView[]): Map<string, MemberView> {
  return new Map(members.map((member) => [member.id, member]));
}
