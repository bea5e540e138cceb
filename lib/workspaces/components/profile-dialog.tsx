"use client";

import type { ReactNode } from "react";
import type { ProfileView } from "@/lib/auth/profile.events";
import { Avatar } from "@/lib/ui/avatar";
import Dialog from "@/lib/ui/dialog";
import { useProfile } from "@/lib/workspaces/profile.hooks";
import type { Role } from "@/lib/workspaces/workspace.events";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

const ROLES: Record<Role, string> = { owner: "Owner", admin: "Admin", member: "Member", guest: "Guest" };

interface ProfileDialogProps {
  accountId: string;
  /** What stands beside a person, as whether they are there. */
  mark: ReactNode;
  /** What one can do with a person. */
  toolOf: (member: { id: string; displayName: string }) => ReactNode;
  onClose: () => void;
}

/** Who somebody is. */
export default function ProfileDialog({ accountId, mark, toolOf, onClose }: ProfileDialogProps) {
  const slug = useWorkspace((state) => state.workspace.slug);
  const member = useWorkspace((state) => state.members.get(accountId));
  const profile = useProfile(slug, accountId);
  const name = member?.displayName ?? "Somebody";
  return (
    <Dialog title={name} onClose={onClose}>
      <div className="flex items-center gap-3">
        <Avatar id={accountId} name={name} />
        <div className="min-w-0 grow">
          <p className="truncate text-body">{member === undefined ? "" : `@${member.username}`}</p>
          <p className="flex gap-3 text-small text-muted">
            {member === undefined ? null : ROLES[member.role]}
            {mark}
          </p>
        </div>
        {member === undefined ? null : toolOf(member)}
      </div>
      <div className="mt-4 min-h-28">
        {typeof profile === "string" ? <p role="alert">{profile}</p> : profile && <Said {...profile} />}
      </div>
    </Dialog>
  );
}

function Said({ status, title, pronouns, timeZone }: ProfileView) {
  const facts = [
    ["Status", status === null ? "" : `${status.emoji} ${status.text}`.trim()],
    ["What I do", title],
    ["Pronouns", pronouns],
    ["Local time", timeZone === null ? "" : timeIn(timeZone)],
  ].filter(([, text]) => text !== "");
  if (facts.length === 0) return <p className="text-meta text-muted">Nothing more is said here.</p>;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
      {facts.map(([term, text]) => (
        <div key={term} className="contents">
          <dt className="text-meta text-muted">{term}</dt>
          <dd dir="auto" className="min-w-0 text-body [overflow-wrap:anywhere]">
            {text}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The browser may know fewer zones than the server: then the zone's name has to do. */
function timeIn(timeZone: string): string {
  try {
    const form = { weekday: "short", hour: "numeric", minute: "2-digit", timeZone } as const;
    return `${new Intl.DateTimeFormat(undefined, form).format(new Date())} (${timeZone})`;
  } catch {
    return timeZone;
  }
}
