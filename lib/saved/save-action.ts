import { Bookmark } from "lucide-react";
import type { MessageAction } from "@/lib/messages/actions/message-action";
import { isStanding } from "@/lib/messages/actions/permissions";
import type { Saved } from "@/lib/saved/saved.hooks";

/** Keeps a message for later, or keeps it no more. */
export function saveAction({ store, keep }: Saved): MessageAction {
  const isSaved = (messageId: string) => store.get()?.has(messageId) === true;
  return {
    name: "save",
    label: ({ message }) => (isSaved(message.id) ? "Remove from saved" : "Save for later"),
    Icon: Bookmark,
    place: "menu",
    group: "keep",
    shortcut: "S",
    isOffered: isStanding,
    run: async ({ message }, { say }) => {
      const saves = !isSaved(message.id);
      await keep(message.id, saves);
      say(saves ? "Saved for later." : "Removed from saved.");
    },
  };
}
