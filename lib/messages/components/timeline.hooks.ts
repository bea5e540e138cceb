import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { PlaceKeeper } from "@/lib/messages/components/place-keeper";
import { cut, nextSlice, type Slice, sliceAround, sliceAtEnd } from "@/lib/messages/components/timeline-slice";
import type { Place } from "@/lib/messages/conversation";
import { useConversation, useTimeline } from "@/lib/messages/message.hooks";
import { type Stream, streamKey } from "@/lib/messages/stream";

/** Older and newer pages are asked for while this many rows are still ahead of the reader. */
const ROWS_AHEAD = 100;
/** A run longer than this is cut back around the reader. */
const RUN_MOST = 900;
const RUN_KEPT = 600;
const HAND_RESTS_MS = 150;
/** Cutting rows off below moves the scroll origin, so it waits until the hand rests, unless there are this many. */
const ROWS_WHILE_MOVING = 160;
/** Where an opened message stands: this share of the view below its top. */
const FOCUS_AT = 0.3;

interface Options {
  stream: Stream;
  /** The highest seq known to be said, which may be ahead of what is loaded. */
  lastSeq: number;
  /** How far the reader has read; null where that is not kept. */
  readSeq: number | null;
  focusMessageId: string | undefined;
  onRead: ((seq: number) => void) | undefined;
}

function seqOf(row: Element | undefined): number | null {
  const seq = row?.getAttribute("data-seq");
  return seq === null || seq === undefined ? null : Number(seq);
}

function rowsIn(content: Element): Element[] {
  return [...content.querySelectorAll("[data-seq]")];
}

/** Whether somebody looks at this tab. */
export function isAttended(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

/**
 * Decides which rows of a channel stand in the document, keeps the reader's place while they change, asks for pages
 * ahead of need, and tells what was read.
 */
export function useTimelineWindow({ stream, lastSeq, readSeq, focusMessageId, onRead }: Options) {
  const conversation = useConversation();
  const timeline = useTimeline(stream);
  const { channelId, threadId } = stream;
  const { messages, hasNewer, hasOlder, loading, trouble, stale, pending, load } = timeline;
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const keeper = useRef<PlaceKeeper>(null);

  const saved = conversation.places.get(streamKey(stream));
  const [opening] = useState(() => focusMessageId ?? saved?.messageId);
  const [slice, setSlice] = useState<Slice>(
    () => (opening === undefined ? null : sliceAround(messages, opening)) ?? sliceAtEnd(messages),
  );
  const [pinned, setPinned] = useState(true);
  const [far, setFar] = useState(false);
  const [seen, setSeen] = useState(lastSeq);
  const rows = cut(messages, slice);
  const last = messages.at(-1)?.seq ?? 0;
  const reachesEnd = !hasNewer && (rows.at(-1)?.seq ?? 0) === last;

  const reported = useRef(readSeq ?? 0);
  const goingToEnd = useRef(false);
  const scrolledAt = useRef(0);

  const readTo = (seq: number | null) => {
    if (seq === null || seq <= reported.current || readSeq === null) return;
    // What was marked unread stays so until the channel is opened again.
    if (readSeq < reported.current) return;
    if (!isAttended()) return;
    reported.current = seq;
    onRead?.(seq);
  };

  /** Looks at where the reader is and adjusts what stands around; called after everything that moves. */
  const settle = () => {
    const view = scroller.current;
    const first = messages[0]?.seq;
    if (view === null || content.current === null || keeper.current === null || first === undefined) return;
    const box = view.getBoundingClientRect();
    const all = content.current.getBoundingClientRect();
    const seqRows = rowsIn(content.current);
    const seqAt = (y: number) => seqOf(seqRows.find((row) => row.getBoundingClientRect().bottom - box.top > y));
    const around = { above: box.top - all.top, below: all.bottom - box.bottom, view: box.height };
    const moving = performance.now() - scrolledAt.current < HAND_RESTS_MS;
    setSlice(nextSlice(slice, { first, last, hasNewer }, around, seqAt, moving && seqRows.length < ROWS_WHILE_MOVING));
    setPinned(keeper.current.pinned);
    setFar(hasNewer || around.below > around.view);

    const top = seqAt(0) ?? last;
    const bottom = seqOf(seqRows.findLast((row) => row.getBoundingClientRect().top < box.bottom - 8));
    if (keeper.current.pinned) setSeen(Math.max(last, lastSeq));
    readTo(bottom);
    if (trouble === null && !stale) {
      if (hasOlder && top - first < ROWS_AHEAD && !loading.older) load("older");
      if (hasNewer && last - (bottom ?? last) < ROWS_AHEAD && !loading.newer) load("newer");
    }
    if (messages.length > RUN_MOST) {
      conversation.dispatch(stream, { type: "trim", around: top, keep: RUN_KEPT });
    }
  };
  const settleNow = useRef(settle);
  useLayoutEffect(() => {
    settleNow.current = settle;
  });
  const onSettled = useCallback(() => settleNow.current(), []);

  const jumpToEnd = useCallback(() => {
    const state = conversation.stateOf({ channelId, threadId });
    goingToEnd.current = true;
    if (state.hasNewer) load("newest");
    else setSlice(sliceAtEnd(state.messages));
  }, [conversation, channelId, threadId, load]);

  useOpening(opening, opening === focusMessageId ? undefined : saved, { scroller, content, keeper }, onSettled);
  useResize(scroller, content, keeper);
  useLeaving(streamKey(stream), keeper);

  useLayoutEffect(() => {
    if (!goingToEnd.current || hasNewer) return;
    goingToEnd.current = false;
    setSlice(sliceAtEnd(messages));
    keeper.current?.pin();
  });

  const newestOwn = pending.at(-1)?.id;
  const knownOwn = useRef(newestOwn);
  useEffect(() => {
    if (newestOwn === undefined || newestOwn === knownOwn.current) return;
    knownOwn.current = newestOwn;
    jumpToEnd();
  }, [newestOwn, jumpToEnd]);

  useEffect(() => {
    if (!stale) return;
    const place = keeper.current?.place;
    const seq = place === undefined || place === null ? null : seqOf(place.row);
    if (seq === null) load("newest");
    else load("around", seq);
  }, [stale, load]);

  useEffect(() => {
    window.addEventListener("focus", onSettled);
    document.addEventListener("visibilitychange", onSettled);
    return () => {
      window.removeEventListener("focus", onSettled);
      document.removeEventListener("visibilitychange", onSettled);
    };
  }, [onSettled]);

  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(resting.current), []);
  const onScroll = () => {
    scrolledAt.current = performance.now();
    clearTimeout(resting.current);
    resting.current = setTimeout(onSettled, HAND_RESTS_MS + 10);
    keeper.current?.remember();
    // In the same frame as the scroll, so that no blank edge is ever painted.
    flushSync(onSettled);
  };

  const before = messages[(rows[0]?.seq ?? 0) - (messages[0]?.seq ?? 0) - 1];
  const unseen = pinned ? 0 : Math.max(0, Math.max(last, lastSeq) - seen);
  const away = !pinned && (far || unseen > 0);
  return {
    timeline,
    rows,
    before,
    reachesEnd,
    away,
    unseen,
    refs: { scroller, content, keeper },
    onScroll,
    settle,
    jumpToEnd,
  };
}

interface Refs {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  keeper: RefObject<PlaceKeeper | null>;
}

/** Brings the message that a channel is opened at to its place, before the first painting. */
function useOpening(opening: string | undefined, saved: Place | undefined, refs: Refs, onSettled: () => void): void {
  const done = useRef(false);
  useLayoutEffect(() => {
    const view = refs.scroller.current;
    if (done.current || view === null) return;
    done.current = true;
    const row =
      opening === undefined ? null : refs.content.current?.querySelector(`[data-message-id="${CSS.escape(opening)}"]`);
    if (row !== null && row !== undefined) {
      const offset = saved?.offset ?? view.clientHeight * FOCUS_AT;
      view.scrollTop += row.getBoundingClientRect().top - view.getBoundingClientRect().top - offset;
    }
    refs.keeper.current?.remember();
    onSettled();
  }, [opening, saved, refs, onSettled]);
}

/** Keeps the place when the view or a row changes its height by itself. */
function useResize(scroller: Refs["scroller"], content: Refs["content"], keeper: Refs["keeper"]): void {
  useEffect(() => {
    if (scroller.current === null || content.current === null) return;
    const observer = new ResizeObserver(() => keeper.current?.resettle());
    observer.observe(scroller.current);
    observer.observe(content.current);
    return () => observer.disconnect();
  }, [scroller, content, keeper]);
}

/** Remembers the place for the next opening of the channel. */
function useLeaving(channelId: string, keeper: Refs["keeper"]): void {
  const { places } = useConversation();
  useLayoutEffect(() => {
    const leaving = keeper.current;
    return () => {
      const place = leaving?.place;
      const messageId = place?.row.getAttribute("data-message-id");
      if (place && messageId) places.set(channelId, { messageId, offset: place.offset });
      else places.delete(channelId);
    };
  }, [channelId, keeper, places]);
}
