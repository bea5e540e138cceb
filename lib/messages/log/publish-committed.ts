import type { Append, Appended, Change, Changed } from "@/lib/messages/log/commit";
import type { MessageView } from "@/lib/messages/message.events";
import { newMessageView } from "@/lib/messages/message.view";
import { publishChanges } from "@/lib/realtime/publish";

/**
 * Tells the channels what a commit stored.
 *
 * A repeat may be of what was committed while its answer got lost, so that nobody was told: the version is named, and
 * whoever is behind it asks.
 */
export function publishAppended(appends: readonly Append[], answers: readonly Appended[]): void {
  const runs = new Runs();
  appends.forEach((append, index) => {
    const appended = answers[index];
    if (appended?.outcome === "duplicate") publishVersion(append.workspace.slug, append.channelId, appended.version);
    if (appended?.outcome !== "stored") return;
    runs.add(append.workspace.slug, newMessageView(append, appended));
    if (appended.root !== null) runs.add(append.workspace.slug, appended.root);
  });
  runs.publish();
}

/** Tells the channels what a commit changed; a change that was made already is named like a repeated message. */
export function publishChanged(changes: readonly Change[], answers: readonly Changed[]): void {
  const runs = new Runs();
  changes.forEach((change, index) => {
    const changed = answers[index];
    if (changed?.outcome === "changed") runs.add(change.workspace.slug, changed.message);
    if (changed?.outcome === "unchanged")
      publishVersion(change.workspace.slug, changed.message.channelId, changed.message.version);
  });
  runs.publish();
}

/** Says how far a channel has come, without what led there: whoever holds less looks it up. */
export function publishVersion(slug: string, channelId: string, version: number): void {
  publishChanges(slug, { channelId, from: version, to: version, messages: [] });
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
