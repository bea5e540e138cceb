"use client";

import { type ReactNode, useMemo } from "react";
import { type Writing, WritingContext } from "@/lib/messages/writing.hooks";
import { TypingLine } from "@/lib/presence/components/typing-line";
import { useNewTyping } from "@/lib/presence/typing.hooks";
import type { Connection } from "@/lib/realtime/browser/connection";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

/** Lets the composers inside say that they are used, and show who else writes there. */
export function TypingProvider({ connection, children }: { connection: Connection; children: ReactNode }) {
  const viewerId = useWorkspace((state) => state.me.id);
  const desk = useNewTyping(connection, viewerId);
  const writing = useMemo<Writing>(
    () => ({ note: desk.note, lineOf: (stream) => <TypingLine desk={desk} stream={stream} /> }),
    [desk],
  );
  return <WritingContext value={writing}>{children}</WritingContext>;
}
