"use client";

import { lazy, Suspense } from "react";
import { RowMarks } from "@/lib/messages/components/row-marks";
import { useDesk, useIsEditing } from "@/lib/messages/desk.hooks";
import { MessageBody } from "@/lib/messages/markdown/message-body";
import type { MessageView } from "@/lib/messages/message.events";

const EditBox = lazy(() => import("@/lib/messages/components/edit-box"));

interface RowContentProps {
  id: string;
  body: string;
  authorName: string;
  mentions: readonly string[];
  unfolded: boolean;
  /** Null while the message is on its way. */
  message: MessageView | null;
  unsaved: string | null;
}

/** What a message says, or the box to say it otherwise. */
export function RowContent({ id, body, authorName, mentions, unfolded, message, unsaved }: RowContentProps) {
  const desk = useDesk();
  const editing = useIsEditing(id);
  const after = message === null ? null : <RowMarks message={message} />;
  // "/me waves" is drawn as "Ada waves".
  const acts = body.startsWith("/me ");
  const text = <MessageBody body={acts ? body.slice(4) : body} {...{ mentions, unfolded, after }} />;
  const said = acts ? (
    <div className="flex gap-1 italic">
      <bdi className="shrink-0 font-medium">{authorName}</bdi>
      {text}
    </div>
  ) : (
    text
  );
  if (desk === null || !editing || message === null) return said;
  // The text stands until the box is there.
  return (
    <Suspense fallback={said}>
      <EditBox desk={desk} message={message} unsaved={unsaved} />
    </Suspense>
  );
}
