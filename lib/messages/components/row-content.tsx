"use client";

import { EditBox } from "@/lib/messages/components/edit-box";
import { RowMarks } from "@/lib/messages/components/row-marks";
import { useDesk, useIsEditing } from "@/lib/messages/desk.hooks";
import { MessageBody } from "@/lib/messages/markdown/message-body";
import type { MessageView } from "@/lib/messages/message.events";

interface RowContentProps {
  id: string;
  body: string;
  /** Null while the message is on its way. */
  message: MessageView | null;
  unsaved: string | null;
}

/** What a message says, or the box to say it otherwise. */
export function RowContent({ id, body, message, unsaved }: RowContentProps) {
  const desk = useDesk();
  const editing = useIsEditing(id);
  if (desk !== null && editing && message !== null) return <EditBox desk={desk} message={message} unsaved={unsaved} />;
  return <MessageBody body={body} after={message === null ? null : <RowMarks message={message} />} />;
}
