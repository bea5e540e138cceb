"use client";

import { type ReactNode, useState } from "react";
import { Avatar } from "@/lib/ui/avatar";
import Dialog from "@/lib/ui/dialog";
import { TextField } from "@/lib/ui/text-field";
import { useOpenProfile } from "@/lib/workspaces/profile.hooks";
import type { Role } from "@/lib/workspaces/workspace.events";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

const ROLES: Record<Role, string> = { owner: "Owner", admin: "Admin", member: "", guest: "Guest" };
const SHOWN = 100;

interface PeopleDialogProps {
  /** What stands beside a person, as whether they are there. */
  markOf: (accountId: string) => ReactNode;
  /** What one can do with a person. */
  toolOf?: (member: { id: string; displayName: string }) => ReactNode;
  onClose: () => void;
}

/** Everybody in the workspace, to be looked through by name. */
export default function PeopleDialog({ markOf, toolOf, onClose }: PeopleDialogProps) {
  const workspace = useWorkspace((state) => state.workspace);
  const members = useWorkspace((state) => state.members);
  const everybody = useWorkspace((state) => state.everybody);
  const openProfile = useOpenProfile();
  const [sought, setSought] = useState("");
  const needle = sought.trim().toLowerCase();
  const found = [...members.values()]
    .filter(({ displayName, username }) => `${displayName}\n${username}`.toLowerCase().includes(needle))
    .sort((one, other) => one.displayName.localeCompare(other.displayName));
  return (
    <Dialog title={`People in ${workspace.name}`} onClose={onClose}>
      <TextField
        label="Find by name"
        type="search"
        value={sought}
        onChange={(event) => setSought(event.target.value)}
        autoComplete="off"
      />
      <p role="status" className="mt-3 text-meta text-muted tabular-nums">
        {everybody ? (found.length === 1 ? "1 person" : `${found.length} people`) : "The list is still on its way."}
      </p>
      <ul className="mt-1">
        {found.slice(0, SHOWN).map((member) => (
          <li key={member.id} className="flex min-h-12 items-center gap-3">
            <Avatar id={member.id} name={member.displayName} size="row" />
            <span className="min-w-0 grow">
              <button
                type="button"
                onClick={() => {
                  onClose();
                  openProfile?.(member.id);
                }}
                className="block max-w-full truncate font-medium text-strong hover:underline"
              >
                <bdi>{member.displayName}</bdi>
              </button>
              <span className="block truncate text-small text-muted">@{member.username}</span>
            </span>
            {markOf(member.id)}
            <span className="text-small text-muted">{ROLES[member.role]}</span>
            {toolOf?.(member)}
          </li>
        ))}
      </ul>
      {found.length > SHOWN ? (
        <p className="mt-2 text-meta text-muted">Only the first {SHOWN} are listed. Type a name to find the others.</p>
      ) : null}
    </Dialog>
  );
}
