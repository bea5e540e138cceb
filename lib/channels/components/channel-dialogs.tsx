"use client";

import { lazy, type ReactNode, Suspense } from "react";
import type { ChannelView } from "@/lib/channels/channel.events";
import { WriteButton } from "@/lib/channels/components/write-button";

const BrowseDialog = lazy(() => import("@/lib/channels/components/browse-dialog"));
const CreateDialog = lazy(() => import("@/lib/channels/components/create-dialog"));
const EditDialog = lazy(() => import("@/lib/channels/components/edit-dialog"));
const ConfirmDialog = lazy(() => import("@/lib/channels/components/confirm-dialog"));
const WriteDialog = lazy(() => import("@/lib/channels/components/write-dialog"));
const InviteDialog = lazy(() => import("@/lib/channels/components/invite-dialog"));
const SectionDialog = lazy(() => import("@/lib/channels/components/section-dialog"));
const PeopleDialog = lazy(() => import("@/lib/workspaces/components/people-dialog"));

export type DialogName =
  | "browse"
  | "create"
  | "people"
  | "write"
  | "invite"
  | "section"
  | "rename"
  | "topic"
  | "leave"
  | "archive"
  | "unarchive";

interface ChannelDialogsProps {
  shown: DialogName | null;
  /** The channel that is open, which some of the dialogs are about. */
  channel: ChannelView | undefined;
  /** What stands beside a person in a list of people. */
  markOf: (accountId: string) => ReactNode;
  onClose: () => void;
}

/** The window that is open over the workspace, if any. Its code arrives when it is first asked for. */
export function ChannelDialogs({ shown, ...rest }: ChannelDialogsProps) {
  return <Suspense fallback={null}>{shown === null ? null : dialog(shown, rest)}</Suspense>;
}

function dialog(shown: DialogName, { channel, markOf, onClose }: Omit<ChannelDialogsProps, "shown">) {
  switch (shown) {
    case "browse":
      return <BrowseDialog onClose={onClose} />;
    case "create":
      return <CreateDialog onClose={onClose} />;
    case "people":
      return (
        <PeopleDialog
          markOf={markOf}
          toolOf={({ id, displayName }) => <WriteButton accountId={id} name={displayName} onOpened={onClose} />}
          onClose={onClose}
        />
      );
    case "write":
      return <WriteDialog markOf={markOf} onClose={onClose} />;
    case "invite":
      return channel === undefined ? null : <InviteDialog channel={channel} markOf={markOf} onClose={onClose} />;
    case "section":
      return channel === undefined ? null : <SectionDialog channel={channel} onClose={onClose} />;
    case "rename":
    case "topic":
      return channel === undefined ? null : <EditDialog field={shown} channel={channel} onClose={onClose} />;
    case "leave":
    case "archive":
    case "unarchive":
      return channel === undefined ? null : <ConfirmDialog what={shown} channel={channel} onClose={onClose} />;
  }
}
