import type { Append, Appended, Change, Changed } from "@/lib/messages/log/commit";
import type { MessageView } from "@/lib/messages/message.events";
import { newMessageView } from "@/lib/messages/message.view";
import { publishChanges } from "@/lib/realtime/publish";

/** Tells the channels what a commit stored. */
export function publishAppended(appends: readonly Append[], answers: readonly Appended[]): void {
  const runs = new Runs();
  appends.forEach((append, index) => {
    const appended = answers[index];
    if (appended?.outcome === "stored") runs.add(append.workspace.slug, newMessageView(append, appended));
  });
  runs.publish();
}

/** Tells the channels what a commit changed. */
export function publishChanged(changes: readonly Change[], answers: readonly Changed[]): void {
  const runs = new Runs();
  changes.forEach((change, index) => {
    const changed = answers[index];
    if (changed?.outcome === "changed") runs.add(change.workspace.slug, changed.message);
  });
  runs.publish();
}

interface Run {
  slug: string;
  from: number;
  to: number;
  messages: Map<string, MessageView>;
}

/**
 * What one commit did, as a run of versions for each channel. A message that it touched several times goes out once,
 * as it was left: hundreds who react to an announcement at once must not make hundreds of copies of it.
 */
class Runs {
  private readonly byChannel = new Map<string, Run>();

  /** Messages of one channel come in the order of their versions. */
  add(slug: string, message: MessageView): void {
    const { id, channelId, version } = message;
    const run = this.byChannel.get(channelId) ?? { slug, from: version - 1, to: version, messages: new Map() };
    run.to = version;
    // Taken out first, so that the run stays in the order of versions.
    run.messages.delete(id);
    run.messages.set(id, message);
    this.byChannel.set(channelId, run);
  }

  publish(): void {
    for (const [channelId, { slug, from, to, messages }] of this.byChannel) {
      publishChanges(slug, { channelId, from, to, messages: [...messages.values()] });
    }
  }
}
