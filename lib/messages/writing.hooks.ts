import { createContext, type ReactNode, useContext } from "react";
import type { Stream } from "@/lib/messages/stream";

/** What a composer tells of its being used, and what it shows of others' doing the same. */
export interface Writing {
  /** Called with each change of what is being written. */
  note: (stream: Stream) => void;
  lineOf: (stream: Stream) => ReactNode;
}

export const WritingContext = createContext<Writing | null>(null);

/** Null where nobody is told. */
export function useWriting(): Writing | null {
  return useContext(WritingContext);
}
