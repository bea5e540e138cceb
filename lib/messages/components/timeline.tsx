"use client";

import { Fragment, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { calls } from "@/lib/channels/channel.store";
import { useClock, useNearDay } from "@/lib/messages/components/clock";
import { DayDivider, RepliesDivider, UnreadLine } from "@/lib/messages/components/dividers";
import { MessageRow } from "@/lib/messages/components/message-row";
import { daysOf } from "@/lib/messages/components/message-rows";
import { PlaceKeeper } from "@/lib/messages/components/place-keeper";
import { useRowReach } from "@/lib/messages/components/row-reach.hooks";
import { isAttended, useTimelineWindow } from "@/lib/messages/components/timeline.hooks";
import { ChannelStart, JumpButton, SkeletonRows, Trouble } from "@/lib/messages/components/timeline-notes";
import { RowListContext, useNewRowList, useShown } from "@/lib/messages/desk.hooks";
import { plainTextOf } from "@/lib/messages/markdown/plain-text";
import type { PlacedMessage } from "@/lib/messages/message.events";
import { useConversation } from "@/lib/messages/message.hooks";

/** A region that scrolls must be reachable by keyboard, though nothing in it is pressed. */
const REACHABLE = { tabIndex: 0 };

export interface TimelineProps {
  /** `readSeq` is null where the viewer is not a member. */
  channel: { id: string; title: string; readSeq: number | null; lastSeq: number };
  /** Shows a thread of the channel in its place: then `readSeq` and `lastSeq` are those of the thread. */
  threadId?: string;
  /** Opens the thread that a message began; without it threads are not spoken of. */
  onOpenThread?: (threadId: string) => void;
  authors: (id: string) => { displayName: string; username: string; kind: "member" | "guest" | "bot" } | undefined;
  /** The IANA zone and the locale that the server draws times for; the browser's own zone takes over. */
  timeZone: string;
  locale: string;
  /** A message to open at and mark. */
  focusMessageId?: string;
  /** Told the highest seq that stood in the view of a visible, focused tab, when it grows. */
  onRead?: (seq: number) => void;
}

/** The messages of a channel, from the newest back through all that was ever said. */
export function Timeline(props: TimelineProps) {
  return <TimelineOfStream key={`${props.threadId ?? props.channel.id} ${props.focusMessageId ?? ""}`} {...props} />;
}

function TimelineOfStream(props: TimelineProps) {
  const { channel, threadId = null, authors, timeZone, locale, focusMessageId, onRead, onOpenThread } = props;
  const { id: channelId, title, lastSeq, readSeq } = channel;
  const conversation = useConversation();
  const clock = useClock(locale, timeZone);
  const nearDay = useNearDay();
  const unreadAfter = useUnreadLine(readSeq, lastSeq);
  const shown = useTimelineWindow({ stream: { channelId, threadId }, lastSeq, readSeq, focusMessageId, onRead });
  const { timeline, rows, before, reachesEnd, away, unseen, refs } = shown;

  const viewer = conversation.viewer.id;
  const messages = useShown(channelId, rows);
  const pending = reachesEnd ? timeline.pending : [];
  const list = useNewRowList({ channelId, threadId });
  const reach = useRowReach(refs.content, messages, list);
  const days = daysOf(messages, before, pending, viewer, clock, unreadAfter);
  const newestRow = days.at(-1)?.rows.at(-1);
  const atStart = timeline.cursor !== null && !timeline.hasOlder && rows[0]?.seq === timeline.messages[0]?.seq;
  const nameOf = (authorId: string) => authors(authorId)?.displayName ?? "Somebody";

  const momentOf = (at: string) =>
    `${nearDay(clock, at)?.toLowerCase() ?? `on ${clock.dayName(at)}`}, ${clock.time(at)}`;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "End" || event.target !== event.currentTarget) return;
    event.preventDefault();
    shown.jumpToEnd();
  };

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={refs.scroller}
        role="log"
        aria-label={threadId === null ? `Messages in ${title}` : "Thread"}
        aria-live="off"
        aria-busy={timeline.cursor === null}
        {...REACHABLE}
        onScroll={shown.onScroll}
        onKeyDown={onKeyDown}
        className="flex h-full flex-col-reverse overflow-x-hidden overflow-y-auto overscroll-contain focus-visible:-outline-offset-2 [overflow-anchor:none]"
      >
        <div ref={refs.content} {...reach} className="shrink-0 pb-3">
          <PlaceKeeper ref={refs.keeper} scroller={refs.scroller} reachesEnd={reachesEnd} onSettled={shown.settle}>
            {atStart && threadId === null ? <ChannelStart title={title} /> : null}
            {timeline.trouble !== null ? (
              <Trouble
                sentence={timeline.trouble}
                onRetry={() => timeline.load(timeline.cursor === null ? "newest" : "older")}
              />
            ) : null}
            {timeline.cursor === null && timeline.trouble === null ? <SkeletonRows /> : null}
            <RowListContext value={list}>
              {days.map((day) => (
                <section key={day.key}>
                  <DayDivider name={nearDay(clock, day.at) ?? clock.dayName(day.at)} />
                  {day.rows.map((row) => (
                    <Fragment key={row.id}>
                      {unreadAfter !== null && row.seq === unreadAfter + 1 ? <UnreadLine /> : null}
                      <MessageRow
                        {...row}
                        authorName={nameOf(row.authorId)}
                        time={clock.time(row.at)}
                        lastReply={row.lastReplyAt === null ? null : momentOf(row.lastReplyAt)}
                        called={row.authorId !== viewer && calls(row.mentions, viewer)}
                        marked={row.id === focusMessageId}
                        newest={row === newestRow}
                        onRetry={conversation.retry}
                        onDiscard={conversation.discard}
                        {...(onOpenThread && { onOpenThread })}
                      />
                      {threadId !== null && row.seq === 0 ? <RepliesDivider replies={row.replyCount} /> : null}
                    </Fragment>
                  ))}
                </section>
              ))}
            </RowListContext>
          </PlaceKeeper>
        </div>
      </div>
      {away ? <JumpButton unseen={unseen} onJump={shown.jumpToEnd} /> : null}
      <Announcement newest={timeline.hasNewer ? undefined : timeline.messages.at(-1)} viewer={viewer} nameOf={nameOf} />
    </div>
  );
}

/**
 * The seq below which the line of the unread stands: where reading ended when the channel was opened, and again where
 * it ended when something came while nobody looked, or was marked unread.
 */
function useUnreadLine(readSeq: number | null, lastSeq: number): number | null {
  const unread = readSeq !== null && readSeq < lastSeq;
  const [after, setAfter] = useState(unread ? readSeq : null);
  const readBefore = useRef(readSeq);
  useEffect(() => {
    const wentBack = readSeq !== null && readSeq < (readBefore.current ?? 0);
    readBefore.current = readSeq;
    if (unread && (wentBack || !isAttended())) setAfter(readSeq);
  }, [unread, readSeq]);
  return after;
}

interface AnnouncementProps {
  newest: PlacedMessage | undefined;
  viewer: string;
  nameOf: (authorId: string) => string;
}

/** Reads a new message of somebody else out once, apart from the log, which would read whole pages of history. */
function Announcement({ newest, viewer, nameOf }: AnnouncementProps) {
  const [openedAt] = useState(newest?.seq ?? 0);
  const news = newest !== undefined && newest.seq > openedAt && newest.authorId !== viewer && newest.deletedAt === null;
  return (
    <p role="status" className="sr-only">
      {news ? `${nameOf(newest.authorId)}: ${plainTextOf(newest.body).slice(0, 500)}` : ""}
    </p>
  );
}
