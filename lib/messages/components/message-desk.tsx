"use client";

import { lazy, type ReactNode, Suspense, useEffect, useState, useSyncExternalStore } from "react";
import { useChannelsStore, useMarkUnread } from "@/lib/channels/channel.hooks";
import { mayPost } from "@/lib/channels/channel.selectors";
import { channelPath } from "@/lib/channels/channel-path";
import { DeskNotice } from "@/lib/messages/components/desk-notice";
import { MessageDesk } from "@/lib/messages/desk";
import { DeskContext } from "@/lib/messages/desk.hooks";
import { useConversation } from "@/lib/messages/message.hooks";
import type { Store } from "@/lib/shared/store";
import { navigate } from "@/lib/ui/location";
import { useWorkspaceStore } from "@/lib/workspaces/workspace.hooks";

const ActionSheet = lazy(() => import("@/lib/messages/components/action-sheet"));
const EditsDialog = lazy(() => import("@/lib/messages/components/edits-dialog"));
const EmojiPopover = lazy(() => import("@/lib/messages/emoji/components/emoji-popover"));
const ForwardDialog = lazy(() => import("@/lib/messages/components/forward-dialog"));
const PinsDialog = lazy(() => import("@/lib/messages/components/pins-dialog"));

/** Lets everything be done with the messages drawn inside that can be done with them. */
export function MessageDeskProvider({ children }: { children: ReactNode }) {
  const conversation = useConversation();
  const workspace = useWorkspaceStore();
  const channels = useChannelsStore();
  const markUnread = useMarkUnread();
  const [desk] = useState(
    () =>
      new MessageDesk(conversation, {
        viewer: () => workspace.get().me,
        nameOf: (accountId) => workspace.get().members.get(accountId)?.displayName ?? "Somebody",
        channel: (channelId) => {
          const channel = channels.get().get(channelId);
          if (channel === undefined) return undefined;
          const path = channelPath(workspace.get().workspace.slug, channel);
          return { path, archived: channel.archivedAt !== null, mayPost: mayPost(channel, workspace.get().me.role) };
        },
        markUnread,
        navigate,
      }),
  );
  useEffect(
    () =>
      conversation.changes.on("refused", ({ change, refusal }) =>
        desk.say(`${TAKEN_BACK[change.kind]} ${refusal.message}`),
      ),
    [desk, conversation],
  );
  return (
    <DeskContext value={desk}>
      {children}
      <DeskWindows desk={desk} />
    </DeskContext>
  );
}

const TAKEN_BACK = {
  edit: "The edit was not saved.",
  delete: "The message was not deleted.",
  react: "The reaction was not added.",
  unreact: "The reaction was not removed.",
  pin: "The message was not pinned.",
  unpin: "The message was not unpinned.",
} as const;

function useSlot<Value>(slot: Store<Value | null, Value | null>): Value | null {
  return useSyncExternalStore(slot.subscribe, slot.get, () => null);
}

/** What is open over the messages. Its code arrives when it is first asked for. */
function DeskWindows({ desk }: { desk: MessageDesk }) {
  const picker = useSlot(desk.picker);
  const sheet = useSlot(desk.sheet);
  const dialog = useSlot(desk.dialog);
  const closeDialog = () => desk.dialog.tell(null);

  const held = picker?.row ?? null;
  useEffect(() => {
    held?.focus.hold(held.messageId);
    return () => held?.focus.release();
  }, [held]);

  return (
    <>
      <Suspense fallback={null}>
        {sheet === null ? null : <ActionSheet desk={desk} target={sheet} onClose={() => desk.sheet.tell(null)} />}
        {picker === null ? null : (
          <EmojiPopover
            anchor={picker.anchor}
            returnTo={picker.returnTo ?? picker.anchor}
            onChoose={picker.onChoose}
            onClose={() => desk.picker.tell(null)}
          />
        )}
        {dialog?.name === "edits" ? <EditsDialog message={dialog.message} onClose={closeDialog} /> : null}
        {dialog?.name === "forward" ? (
          <ForwardDialog desk={desk} message={dialog.message} onClose={closeDialog} />
        ) : null}
        {dialog?.name === "pins" ? <PinsDialog desk={desk} channelId={dialog.channelId} onClose={closeDialog} /> : null}
      </Suspense>
      <DeskNotice desk={desk} />
    </>
  );
}
