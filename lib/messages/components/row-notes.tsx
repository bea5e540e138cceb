"use client";

import { type ReactNode, useEffect, useState } from "react";
import { useDesk, useRowList } from "@/lib/messages/desk.hooks";
import type { MessageView } from "@/lib/messages/message.events";
import { useConversation } from "@/lib/messages/message.hooks";
import { copyToClipboard } from "@/lib/ui/clipboard";

export function RowButton({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="target rounded-sm font-medium text-strong underline underline-offset-2 hover:text-accent"
    >
      {children}
    </button>
  );
}

function Note({ tone, children }: { tone: "danger" | "muted"; children: ReactNode }) {
  return (
    <div
      className={`flex flex-wrap items-center gap-x-3 text-small ${tone === "danger" ? "text-danger" : "text-muted"}`}
    >
      {children}
    </div>
  );
}

/** Stands under a message that is about to be deleted. */
export function Going({ message }: { message: MessageView }) {
  const { changes } = useConversation();
  return (
    <Note tone="muted">
      <span role="status">Deleting this message…</span>
      <RowButton
        onClick={() => {
          // The button goes with what it undoes.
          document.querySelector<HTMLElement>(`[data-message-id="${CSS.escape(message.id)}"]`)?.focus();
          changes.undoDeletion(message.id);
        }}
      >
        Undo
      </RowButton>
    </Note>
  );
}

/** Stands under a message that is not sent yet and can be taken back into the composer. */
export function TakeBack({ id, until }: { id: string; until: number }) {
  const { takeBack } = useConversation();
  const open = useIsBefore(until);
  if (!open) return null;
  return (
    <Note tone="muted">
      <span>Sending in a moment…</span>
      <RowButton onClick={() => takeBack(id)}>Undo</RowButton>
    </Note>
  );
}

/** Stands under a message whose edit was refused: the text is not lost. */
export function NotSaved({ message, body, reason }: { message: MessageView; body: string; reason: string }) {
  const { changes } = useConversation();
  const desk = useDesk();
  const list = useRowList();
  return (
    <Note tone="danger">
      <span>
        <strong className="font-semibold">Your edit was not saved.</strong> {reason}
      </span>
      <RowButton onClick={() => changes.retryEdit(message.id)}>Retry</RowButton>
      {desk === null || list === null || message.deletedAt !== null ? null : (
        <RowButton onClick={() => desk.tools.edit(desk.targetOf(message, list.stream))}>Edit again</RowButton>
      )}
      <RowButton onClick={() => void copyToClipboard(body)}>Copy</RowButton>
      <RowButton onClick={() => changes.discardEdit(message.id)}>Discard</RowButton>
    </Note>
  );
}

/** Whether a moment has not come yet; drawn again when it comes. */
function useIsBefore(moment: number): boolean {
  const [before, setBefore] = useState(() => moment > Date.now());
  useEffect(() => {
    const left = moment - Date.now();
    setBefore(left > 0);
    const timer = setTimeout(() => setBefore(false), Math.max(0, left));
    return () => clearTimeout(timer);
  }, [moment]);
  return before;
}
