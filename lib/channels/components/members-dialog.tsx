"use client";

import { UserMinus, UserPlus } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { ChannelView } from "@/lib/channels/channel.events";
import { useChannelMembers } from "@/lib/channels/members.hooks";
import { useTitleOf } from "@/lib/channels/title.hooks";
import { Avatar } from "@/lib/ui/avatar";
import { Button } from "@/lib/ui/button";
import Dialog from "@/lib/ui/dialog";
import { IconButton } from "@/lib/ui/icon-button";
import { Notice } from "@/lib/ui/notice";
import { TextField } from "@/lib/ui/text-field";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

const SHOWN = 100;

interface MembersDialogProps {
  channel: ChannelView;
  markOf: (accountId: string) => ReactNode;
  onAdd: () => void;
  onClose: () => void;
}

/** Who is in a channel. Owners and admins can take people out of it; members can add some. */
export default function MembersDialog({ channel, markOf, onAdd, onClose }: MembersDialogProps) {
  const members = useWorkspace((state) => state.members);
  const me = useWorkspace((state) => state.me);
  const titleOf = useTitleOf();
  const { memberIds, problem, remove } = useChannelMembers(channel);
  const [sought, setSought] = useState("");
  const direct = channel.kind === "direct";
  const mayRemove = !direct && (me.role === "owner" || me.role === "admin");
  const mayAdd = !direct && me.role !== "guest" && channel.archivedAt === null;
  const needle = sought.trim().toLowerCase();
  const found = (memberIds ?? [])
    .map((id) => ({
      id,
      displayName: members.get(id)?.displayName ?? "Somebody",
      username: members.get(id)?.username ?? "",
    }))
    .filter(({ displayName, username }) => `${displayName}\n${username}`.toLowerCase().includes(needle))
    .sort((one, other) => one.displayName.localeCompare(other.displayName));
  return (
    <Dialog title={`Members of ${titleOf(channel)}`} onClose={onClose}>
      <div className="flex flex-col gap-3">
        {problem === null ? null : <Notice tone="danger">{problem}</Notice>}
        <TextField
          label="Find by name"
          type="search"
          autoComplete="off"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
        {mayAdd ? (
          <Button onClick={onAdd}>
            <UserPlus size={16} strokeWidth={1.75} aria-hidden="true" />
            Add people
          </Button>
        ) : null}
        <p role="status" className="text-meta text-muted tabular-nums">
          {memberIds === null ? "The list is on its way." : found.length === 1 ? "1 person" : `${found.length} people`}
        </p>
        <ul>
          {found.slice(0, SHOWN).map(({ id, displayName, username }) => (
            <li key={id} className="flex min-h-12 items-center gap-3">
              <Avatar id={id} name={displayName} size="row" />
              <span className="min-w-0 grow">
                <span className="block truncate font-medium text-strong">
                  <bdi>{displayName}</bdi>
                </span>
                <span className="block truncate text-small text-muted">@{username}</span>
              </span>
              {markOf(id)}
              {mayRemove && id !== me.id ? (
                <IconButton label={`Remove ${displayName}`} tip="belowEnd" onClick={() => void remove(id)}>
                  <UserMinus size={16} strokeWidth={1.75} aria-hidden="true" />
                </IconButton>
              ) : null}
            </li>
          ))}
        </ul>
        {found.length > SHOWN ? (
          <p className="text-meta text-muted">Only the first {SHOWN} are listed. Type a name to find the others.</p>
        ) : null}
      </div>
    </Dialog>
  );
}
