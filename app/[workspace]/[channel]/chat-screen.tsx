"use client";

import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { useBeside } from "@/app/[workspace]/[channel]/beside";
import { useMessageActions } from "@/app/[workspace]/[channel]/message-actions";
import { FOLDED_COOKIE, SIDEBAR_COOKIE, ZONE_COOKIE } from "@/app/[workspace]/[channel]/screen-cookies";
import { useChannels, useMarkRead, useOpenChannel } from "@/lib/channels/channel.hooks";
import { mayPost, tabTitle } from "@/lib/channels/channel.selectors";
import { channelPath } from "@/lib/channels/channel-path";
import { ChannelDialogs, type DialogName } from "@/lib/channels/components/channel-dialogs";
import { ChannelHeader } from "@/lib/channels/components/channel-header";
import { JoinPanel } from "@/lib/channels/components/join-panel";
import { Sidebar } from "@/lib/channels/components/sidebar";
import { WriteButton } from "@/lib/channels/components/write-button";
import { useTitleOf } from "@/lib/channels/title.hooks";
import { Composer } from "@/lib/messages/components/composer";
import { Timeline } from "@/lib/messages/components/timeline";
import { useDesk, useExtraActions } from "@/lib/messages/desk.hooks";
import { PresenceMark } from "@/lib/presence/components/presence-mark";
import type { Connection } from "@/lib/realtime/browser/connection";
import { SavedButton } from "@/lib/saved/components/saved-button";
import { ThreadPanel } from "@/lib/threads/components/thread-panel";
import { ThreadsButton } from "@/lib/threads/components/threads-button";
import { keepCookie } from "@/lib/ui/cookie";
import { navigate, useLocation } from "@/lib/ui/location";
import { ConnectionBar } from "@/lib/workspaces/components/connection-bar";
import { OpenProfileContext } from "@/lib/workspaces/profile.hooks";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

const ThreadsPanel = lazy(() => import("@/lib/threads/components/threads-panel"));
const ProfileDialog = lazy(() => import("@/lib/workspaces/components/profile-dialog"));

/** What the server knew when it drew the page. */
export interface ScreenProps {
  /** The path and query that the page was drawn for. */
  address: string;
  locale: string;
  timeZone: string;
  sidebarCollapsed: boolean;
  /** The sections of the list that are put away, by key. */
  folded: string[];
}

interface ChatScreenProps extends ScreenProps {
  connection: Connection;
}

const markOf = (accountId: string) => <PresenceMark accountId={accountId} />;
const dotOf = (accountId: string) => <PresenceMark accountId={accountId} small />;

/** The whole screen: the list of channels, and the one that the address names. */
export function ChatScreen({ connection, address, locale, timeZone, sidebarCollapsed, folded }: ChatScreenProps) {
  const location = useLocation(address);
  const channels = useChannels((state) => state);
  const workspace = useWorkspace((state) => state.workspace);
  const members = useWorkspace((state) => state.members);
  const markRead = useMarkRead();
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const [collapsed, setCollapsed] = useState(sidebarCollapsed);
  // On a phone the list is shown at one address; going to another one shows the channel.
  const [listShownAt, setListShownAt] = useState<string | null>(null);
  const listShown = listShownAt === location.href;

  const channel = useOpenChannel(location);
  const focusMessageId = location.searchParams.get("m");
  const beside = useBeside(location);
  const [profiled, setProfiled] = useState<string | null>(null);
  useExtraActions(useMessageActions(beside.openThread, setProfiled));
  const desk = useDesk();
  const say = useCallback((sentence: string) => desk?.say(sentence), [desk]);
  const authors = useCallback((id: string) => members.get(id), [members]);

  const titleOf = useTitleOf();
  const channelTitle = channel && titleOf(channel);
  const title = tabTitle(channels, channelTitle, workspace.name);
  const role = useWorkspace((state) => state.me.role);
  const composed = channel && {
    ...channel,
    title: titleOf(channel),
    mayPost: mayPost(channel, role),
  };
  useEffect(() => {
    document.title = title;
  }, [title]);

  useEffect(() => keepCookie(ZONE_COOKIE, Intl.DateTimeFormat().resolvedOptions().timeZone), []);

  // A window made wide enough for both shows both.
  useEffect(() => {
    const wide = window.matchMedia("(min-width: 48rem)");
    const hideList = () => setListShownAt(null);
    wide.addEventListener("change", hideList);
    return () => wide.removeEventListener("change", hideList);
  }, []);

  const go = useCallback((path: string) => {
    setListShownAt(null);
    navigate(path);
  }, []);

  function collapse(next: boolean): void {
    setCollapsed(next);
    keepCookie(SIDEBAR_COOKIE, next ? "collapsed" : "shown");
  }

  return (
    <OpenProfileContext value={setProfiled}>
      <div className="flex h-dvh overflow-hidden bg-canvas">
        <a
          href="#channel"
          className="fixed start-2 top-2 z-50 -translate-y-20 rounded-sm bg-accent px-4 py-2 font-medium text-on-accent focus:translate-y-0"
        >
          Skip to the channel
        </a>
        <Sidebar
          activeId={channel?.id}
          collapsed={collapsed}
          onCollapse={() => collapse(true)}
          listShown={listShown || channel === undefined}
          onGo={go}
          onDialog={setDialog}
          dotOf={dotOf}
          folded={folded}
          onFold={(next) => keepCookie(FOLDED_COOKIE, JSON.stringify(next))}
          onProblem={say}
          before={
            <>
              <ThreadsButton
                shown={beside.threadsShown}
                onOpen={() => {
                  setListShownAt(null);
                  beside.openThreads();
                }}
              />
              <SavedButton onGo={() => setListShownAt(null)} />
            </>
          }
        />
        <main id="channel" tabIndex={-1} inert={listShown} className="flex min-w-0 grow flex-col outline-none">
          {channel === undefined ? (
            <div className="flex grow flex-col items-center justify-center gap-2 px-6 text-center">
              <h1 className="text-title font-semibold text-strong">This channel is not here</h1>
              <p className="max-w-[44ch] text-body">It may have another name now, or you may not be a member of it.</p>
            </div>
          ) : (
            <>
              <ChannelHeader
                channel={channel}
                sidebarCollapsed={collapsed}
                onShowSidebar={() => collapse(false)}
                onShowList={() => setListShownAt(location.href)}
                onDialog={setDialog}
                onProblem={say}
                onPins={() => desk?.dialog.tell({ name: "pins", channelId: channel.id })}
              />
              <ConnectionBar connection={connection} />
              {channel.readSeq === null ? (
                <JoinPanel channel={channel} />
              ) : (
                <>
                  <Timeline
                    key={channel.id}
                    channel={{ ...channel, title: titleOf(channel), readSeq: channel.readSeq }}
                    authors={authors}
                    locale={locale}
                    timeZone={timeZone}
                    {...(focusMessageId === null || beside.threadId !== null ? {} : { focusMessageId })}
                    onOpenThread={beside.openThread}
                    onRead={(seq) => markRead(channel.id, seq)}
                  />
                  {composed && <Composer key={`compose ${channel.id}`} channel={composed} />}
                </>
              )}
            </>
          )}
        </main>
        {composed === undefined || composed.readSeq === null || beside.threadId === null ? null : (
          <ThreadPanel
            key={beside.threadId}
            channel={composed}
            threadId={beside.threadId}
            authors={authors}
            locale={locale}
            timeZone={timeZone}
            {...(focusMessageId === null ? {} : { focusMessageId })}
            onClose={beside.close}
          />
        )}
        {beside.threadsShown ? (
          <Suspense fallback={null}>
            <ThreadsPanel
              nameOf={(id) => members.get(id)?.displayName ?? "Somebody"}
              titleOf={(id) => {
                const known = channels.get(id);
                return known && titleOf(known);
              }}
              onOpen={({ id, channelId }) => {
                const target = channels.get(channelId);
                if (target !== undefined) go(`${channelPath(workspace.slug, target)}?thread=${id}`);
              }}
              onClose={beside.close}
            />
          </Suspense>
        ) : null}
        <ChannelDialogs
          shown={dialog}
          channel={channel}
          markOf={markOf}
          onDialog={setDialog}
          onClose={() => setDialog(null)}
        />
        {profiled === null ? null : (
          <Suspense fallback={null}>
            <ProfileDialog
              accountId={profiled}
              mark={markOf(profiled)}
              toolOf={({ id, displayName }) => (
                <WriteButton accountId={id} name={displayName} onOpened={() => setProfiled(null)} />
              )}
              onClose={() => setProfiled(null)}
            />
          </Suspense>
        )}
      </div>
    </OpenProfileContext>
  );
}
