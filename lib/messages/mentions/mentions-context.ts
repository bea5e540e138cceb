import { createContext } from "react";

/** Whom the message that is being drawn calls: account ids, "channel" and "here". */
export const MentionsContext = createContext<readonly string[]>([]);
