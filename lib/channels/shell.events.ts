import type { ChannelView } from "@/lib/channels/channel.events";
import type { WorkspacePeople } from "@/lib/workspaces/workspace.events";

/** The answer of GET /workspaces/:slug: all that a client needs to draw the shell. */
export interface WorkspaceShell extends WorkspacePeople {
  /** The viewer's channels, and behind a null `readSeq` the public ones that the viewer could join. */
  channels: ChannelView[];
}
