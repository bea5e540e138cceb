import type { Append, Appended } from "@/lib/messages/log/commit";
import type { ChannelChanges } from "@/lib/messages/message.events";
import { newMessageView } from "@/lib/messages/message.view";
import { publishChanges } from "@/lib/realtime/publish";

/** Publishes what a commit stored: one run of versions for each channel that it touched. */
export function publishStored(appends: readonly Append[], answers: readonly Appended[]): void {
  const runs = new Map<string, { slug: string; changes: ChannelChanges }>();
  appends.forEach((append, index) => {
    const appended = answers[index];
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
