import { useEffect } from "react";
import { type Stream, streamKey } from "@/lib/messages/stream";
import type { TypingDesk } from "@/lib/presence/typing-desk";
import { useStore } from "@/lib/ui/use-store";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

/** Says who else is writing. It is no live region: a reader would be interrupted all the time. */
export function TypingLine({ desk, stream }: { desk: TypingDesk; stream: Stream }) {
  const writers = useStore(desk.store, (state) => state.get(streamKey(stream)));
  const members = useWorkspace((state) => state.members);
  const { channels } = desk;
  const { channelId } = stream;
  useEffect(() => channels.open(channelId), [channels, channelId]);
  if (writers === undefined) return null;
  const [first, second, ...more] = writers.map(({ accountId }) => members.get(accountId)?.displayName ?? "Somebody");
  if (more.length > 0) return "Several people are typing";
  if (second === undefined) {
    return (
      <>
        <bdi>{first}</bdi> is typing
      </>
    );
  }
  return (
    <>
      <bdi>{first}</bdi> and <bdi>{second}</bdi> are typing
    </>
  );
}
