import type { AccountView } from "@/lib/auth/account.events";
import type { ChannelView } from "@/lib/channels/channel.events";

export type Role = "owner" | "admin" | "member" | "guest";

export interface WorkspaceView {
  id: string;
  slug: string;
  name: string;
  guestsAllowed: boolean;
}

export interface MemberView extends AccountView {
  role: Role;
}

/** The answer of GET /workspaces/:slug: all that a client needs to draw the shell. */
export interface WorkspaceShell {
  workspace: WorkspaceView;
  /** The viewer's channels, and the public ones that the viewer could join. */
  channels: ChannelView[];
  members: MemberView[];
  me: MemberView;
}
