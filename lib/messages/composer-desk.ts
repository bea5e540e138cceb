import type { DraftStore } from "@/lib/messages/draft";

/** Puts a text before or into what stands in a composer, and the caret behind it. */
export type Insert = (text: string) => void;

/** Hands texts to composers: to the one that stands open, or else to the draft that it will open with. */
export class ComposerDesk {
  private readonly open = new Map<string, { insert: Insert; focus: () => void }>();

  constructor(private readonly drafts: DraftStore) {}

  /** Says that a channel's composer stands open. The answer ends that. */
  enter(channelId: string, composer: { insert: Insert; focus: () => void }): () => void {
    this.open.set(channelId, composer);
    return () => {
      if (this.open.get(channelId) === composer) this.open.delete(channelId);
    };
  }

  put(channelId: string, text: string): void {
    const composer = this.open.get(channelId);
    if (composer !== undefined) composer.insert(text);
    else this.drafts.write(channelId, this.drafts.read(channelId) + text);
  }

  focus(channelId: string): void {
    this.open.get(channelId)?.focus();
  }
}
