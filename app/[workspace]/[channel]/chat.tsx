"use client";

import { useEffect, useState } from "react";
import { ChatScreen, type ScreenProps } from "@/app/[workspace]/[channel]/chat-screen";
import { ChannelsProvider } from "@/lib/channels/components/channels-provider";
import type { WorkspaceShell } from "@/lib/channels/shell.events";
import { MessageDeskProvider } from "@/lib/messages/components/message-desk";
import type { MessagePage } from "@/lib/messages/message.events";
import { MessagesProvider } from "@/lib/messages/message.hooks";
import { PresenceProvider } from "@/lib/presence/components/presence-provider";
import { TypingProvider } from "@/lib/presence/components/typing-provider";
import { createConnection } from "@/lib/realtime/browser/connection";
import { SavedProvider } from "@/lib/saved/components/saved-provider";
import { ThreadsProvider } from "@/lib/threads/components/threads-provider";

interface ChatProps extends ScreenProps {
  shell: WorkspaceShell;
  epoch: string;
  /** The messages of the channel that the address names, where one may read it. */
  initial?: { channelId: string; page: MessagePage };
}

/** One tab's workspace: its connection, and the stores that every part of the screen reads. */
export function Chat({ shell, epoch, initial, ...screen }: ChatProps) {
  const { workspace, me } = shell;
  const [connection] = useState(() => createConnection({ slug: workspace.slug, epoch, accountId: me.id }));
  useEffect(() => () => connection.close(), [connection]);
  return (
    <ChannelsProvider shell={shell} connection={connection}>
      <MessagesProvider connection={connection} viewer={me} {...(initial && { initial })}>
        <ThreadsProvider connection={connection} viewerId={me.id}>
          <PresenceProvider connection={connection}>
            <SavedProvider connection={connection}>
              <TypingProvider connection={connection}>
                <MessageDeskProvider>
                  <ChatScreen connection={connection} {...screen} />
                </MessageDeskProvider>
              </TypingProvider>
            </SavedProvider>
          </PresenceProvider>
        </ThreadsProvider>
      </MessagesProvider>
    </ChannelsProvider>
  );
}
