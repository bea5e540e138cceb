/** What a person has typed into a channel and not sent, kept on the device under the account. */
export interface DraftStore {
  read(channelId: string): string;
  /** An empty text ends the draft. */
  write(channelId: string, text: string): void;
}

/** Drafts in the browser's storage. Where that is full or forbidden they live as long as the page. */
export function draftStore(storage: Storage | null, scope: string): DraftStore {
  const memory = new Map<string, string>();
  const nameOf = (channelId: string) => `parley.draft.${scope}.${channelId}`;
  return {
    read: (channelId) => memory.get(channelId) ?? storage?.getItem(nameOf(channelId)) ?? "",
    write(channelId, text) {
      memory.set(channelId, text);
      try {
        if (text === "") storage?.removeItem(nameOf(channelId));
        else storage?.setItem(nameOf(channelId), text);
      } catch {
        // Full: the page's memory still has it.
      }
    },
  };
}
