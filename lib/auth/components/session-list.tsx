"use client";

import { useState } from "react";
import type { SessionView } from "@/lib/auth/account.events";
import { logOut } from "@/lib/auth/log-in";
import { deviceName } from "@/lib/auth/user-agent";
import { isRefusal } from "@/lib/shared/errors";
import { rest } from "@/lib/shared/rest";
import { Button } from "@/lib/ui/button";
import { Notice } from "@/lib/ui/notice";
import { Time } from "@/lib/ui/time";

/** Where one is logged in, each place with a way to log out there. */
export function SessionList({ initial }: { initial: SessionView[] }) {
  const [sessions, setSessions] = useState(initial);
  const [problem, setProblem] = useState<string | null>(null);

  async function end(session: SessionView): Promise<void> {
    setProblem(null);
    try {
      if (session.current) return await logOut();
      await rest("DELETE", `/sessions/${session.id}`);
      setSessions((held) => held.filter(({ id }) => id !== session.id));
    } catch (error) {
      setProblem(isRefusal(error) ? error.message : "That did not work. Try again.");
    }
  }

  return (
    <>
      {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
      <ul className="divide-y divide-hairline">
        {sessions.map((session) => (
          <li key={session.id} className="flex items-center gap-3 py-3">
            <span className="min-w-0 grow">
              <span className="block truncate font-medium text-strong">
                {deviceName(session.userAgent)}
                {session.current ? <span className="font-normal text-success"> · this one</span> : null}
              </span>
              <span className="block text-meta text-muted">
                Last seen <Time iso={session.lastSeenAt} />
                {session.ipAddress === "" ? "" : ` · ${session.ipAddress}`}
              </span>
            </span>
            <Button aria-label={`Log out of ${deviceName(session.userAgent)}`} onClick={() => void end(session)}>
              Log out
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
