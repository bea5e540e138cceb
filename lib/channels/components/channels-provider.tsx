"use client";

import { type ReactNode, useEffect, useState } from "react";
import { ChannelsContext } from "@/lib/channels/channel.hooks";
import { channelsReducer, startChannels } from "@/lib/channels/channel.store";
import { follow, shellFetcher } from "@/lib/channels/follow";
import { ReadMarks } from "@/lib/channels/read-marks";
import type { WorkspaceShell } from "@/lib/channels/shell.events";
import type { Connection } from "@/lib/realtime/browser/connection";
import { createStore } from "@/lib/shared/store";
import { WorkspaceContext } from "@/lib/workspaces/workspace.hooks";
import { startWorkspace, workspaceReducer } from "@/lib/workspaces/workspace.store";

interface ChannelsProviderProps {
  /** What the page was drawn from. Later shells come from the server by themselves. */
  shell: WorkspaceShell;
  connection: Connection;
  children: ReactNode;
}

/** Holds a workspace and its channels for all that is drawn inside, and keeps them true. */
export function ChannelsProvider({ shell, connection, children }: ChannelsProviderProps) {
  const [held] = useState(() => {
    const channels = createStore(channelsReducer, startChannels(shell.channels));
    const workspace = createStore(workspaceReducer, startWorkspace(shell));
    const marks = new ReadMarks(connection, (read) => channels.tell({ type: "read", ...read }));
    return { connection, channels, workspace, marks, ...shellFetcher({ connection, channels, workspace, marks }) };
  });
  const [context] = useState({ store: held.channels, connection, marks: held.marks, refresh: held.refresh });

  useEffect(() => follow(held), [held]);

  return (
    <WorkspaceContext value={held.workspace}>
      <ChannelsContext value={context}>{children}</ChannelsContext>
    </WorkspaceContext>
  );
}
