import type { Append, Appended } from "@/lib/messages/log/commit";
import type { ChannelChanges } from "@/lib/messages/message.events";
import { newMessageView } from "@/lib/messages/message.view";
import { publishChanges } from "@/lib/realtime/publish";

/**
 * Publishes what a commit stored: one run of versions for each channel that it touched.
 *
 * A repeat may be of a message that was committed while its answer got lost, so that nobody was told: the version is
 * named, and whoever is behind it asks.
 */
export function publishStored(appends: readonly Append[], answers: readonly Appended[]): void {
  const runs = new Map<string, { slug: string; changes: ChannelChanges }>();
  appends.forEach((append, index) => {
    const appended = answers[index];
    if (appended?.outcome === "duplicate") publishVersion(append.workspace.slug, append.channelId, appended.version);
    if (appended?.outcome !== "stored") return;
    const run = runs.get(append.channelId) ?? {
      slug: append.workspace.slug,
      changes: { channelId: append.channelId, from: appended.version - 1, to: appended.version, messages: [] },
    };
    run.changes.to = appended.version;
    run.changes.messages.push(newMessageView(append, appended));
    runs.set(append.channelId, run);
  });
  for (const { slug, changes } of runs.values()) publishChanges(slug, changes);
}

/** Says how far a channel has come, without what led there: who holds less asks for it by `sync`. */
export function publishVersion(slug: string, channelId: string, version: number): void {
  publishChanges(slug, { channelId, from: version, to: version, messages: [] });
}
