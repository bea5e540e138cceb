"use client";

import { Pin } from "lucide-react";
import { earlierTextsAction } from "@/lib/messages/actions/sharing";
import { useDesk } from "@/lib/messages/desk.hooks";
import type { MessageView } from "@/lib/messages/message.events";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

/** What stands behind a message's text in the same line: that it was edited, that it is pinned. */
export function RowMarks({ message }: { message: MessageView }) {
  const desk = useDesk();
  const { editedAt, pinnedAt, pinnedBy } = message;
  if (editedAt === null && pinnedAt === null) return null;
  return (
    <span className="ms-1.5 inline-flex items-baseline gap-1.5 align-baseline text-small text-muted">
      {editedAt === null ? null : <Edited message={message} />}
      {pinnedAt === null ? null : (
        <span>
          <Pin size={12} strokeWidth={1.75} aria-hidden="true" className="me-0.5 inline" />
          {desk === null || pinnedBy === null ? "Pinned" : <PinnedBy accountId={pinnedBy} />}
        </span>
      )}
    </span>
  );
}

function PinnedBy({ accountId }: { accountId: string }) {
  const name = useWorkspace((state) => state.members.get(accountId)?.displayName ?? "somebody");
  return (
    <>
      Pinned by <bdi>{name}</bdi>
    </>
  );
}

/** For those who may see what it said before, it leads there. The menu does too, so it needs no tab stop. */
function Edited({ message }: { message: MessageView }) {
  const desk = useDesk();
  const target = desk?.targetOf(message);
  if (desk === null || target === undefined || !earlierTextsAction.isOffered(target)) return <span>(edited)</span>;
  return (
    <button
      type="button"
      tabIndex={-1}
      title={earlierTextsAction.label(target)}
      onClick={() => desk.run(earlierTextsAction, target)}
      className="rounded-sm hover:text-strong hover:underline"
    >
      (edited)
    </button>
  );
}
