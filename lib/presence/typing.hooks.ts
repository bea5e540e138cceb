import { useEffect, useState } from "react";
import { TypingDesk } from "@/lib/presence/typing-desk";
import type { Connection } from "@/lib/realtime/browser/connection";

/** The desk of one workspace's composers, at work as long as the caller is drawn. */
export function useNewTyping(connection: Connection, viewerId: string): TypingDesk {
  const [desk] = useState(() => new TypingDesk(connection, viewerId));
  useEffect(() => desk.start(), [desk]);
  return desk;
}
