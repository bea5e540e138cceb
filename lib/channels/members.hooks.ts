import { useCallback, useEffect, useState } from "react";
import type { ChannelView } from "@/lib/channels/channel.events";
import { isRefusal } from "@/lib/shared/errors";
import { rest } from "@/lib/shared/rest";

interface ChannelMembers {
  /** Null while the answer is under way. */
  memberIds: string[] | null;
  problem: string | null;
  /** Resolves when the person is no longer in the channel, or says why not. */
  remove: (accountId: string) => Promise<void>;
}

/** Who is in a channel, asked for again whenever somebody came or went. */
export function useChannelMembers({ id, memberCount }: Pick<ChannelView, "id" | "memberCount">): ChannelMembers {
  const [memberIds, setMemberIds] = useState<string[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const explain = useCallback(
    (error: unknown) => setProblem(isRefusal(error) ? error.message : "That did not work. Try again."),
    [],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: the number says that somebody came or went.
  useEffect(() => {
    let late = false;
    rest<{ memberIds: string[] }>("GET", `/channels/${id}/members`).then(
      (answer) => (late ? undefined : setMemberIds(answer.memberIds)),
      (error: unknown) => (late ? undefined : explain(error)),
    );
    return () => {
      late = true;
    };
  }, [id, memberCount, explain]);

  const remove = useCallback(
    async (accountId: string) => {
      try {
        await rest("DELETE", `/channels/${id}/members/${accountId}`);
        setMemberIds((held) => held?.filter((one) => one !== accountId) ?? null);
        setProblem(null);
      } catch (error) {
        explain(error);
      }
    },
    [id, explain],
  );

  return { memberIds, problem, remove };
}
