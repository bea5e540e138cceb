import type { ChannelView } from "@/lib/channels/channel.events";
import { browsedChannels, listedChannels, unreadCount, unreadTotal } from "@/lib/channels/channel.selectors";
import {
  type ChannelChange,
  type ChannelFact,
  type ChannelsState,
  channelsReducer,
  startChannels,
} from "@/lib/channels/channel.store";

const ADA = "0198c0de-0000-7000-8000-00000000000a";
const BROOK = "0198c0de-0000-7000-8000-00000000000b";

function channel(name: string, more: Partial<ChannelView> = {}): ChannelView {
  return {
    id: name,
    workspaceId: "parley",
    kind: "public",
    name,
    topic: "",
    lastSeq: 5,
    version: 5,
    readSeq: 5,
    mentionCount: 0,
    archivedAt: null,
    memberCount: 2,
    memberIds: null,
    posting: "all",
    isDefault: false,
    starred: false,
    muted: false,
    section: null,
    hiddenSeq: null,
    ...more,
  };
}

function message(seq: number, authorId: string): ChannelChange["messages"][number] {
  return { seq, authorId, mentions: [] };
}

function generalAfter(start: ChannelsState, ...facts: ChannelFact[]): ChannelView {
  const found = facts.reduce(channelsReducer, start).get("general");
  if (found === undefined) throw new Error("#general is gone");
  return found;
}

function said(to: number, ...messages: ChannelChange["messages"]): ChannelFact {
  return { type: "changes", change: { channelId: "general", to, messages }, viewerId: ADA };
}

const general = startChannels([channel("general")]);

describe("the unread number", () => {
  test("grows with what others say", () => {
    expect(unreadCount(generalAfter(general, said(7, message(6, BROOK), message(7, BROOK))))).toBe(2);
  });

  test("is gone when one says something oneself", () => {
    expect(unreadCount(generalAfter(general, said(6, message(6, BROOK)), said(7, message(7, ADA))))).toBe(0);
  });

  test("does not change when an old message of one's own is edited", () => {
    expect(unreadCount(generalAfter(general, said(6, message(6, BROOK)), said(7, message(3, ADA))))).toBe(1);
  });

  test("counts no change twice", () => {
    const once = generalAfter(general, said(6, message(6, BROOK)));
    expect(generalAfter(general, said(6, message(6, BROOK)), said(6, message(6, BROOK)))).toEqual(once);
  });

  test("shrinks when one reads, here or elsewhere, and never grows by a late report of it", () => {
    const unread = channelsReducer(general, said(8, message(6, BROOK), message(7, BROOK), message(8, BROOK)));
    const read = (readSeq: number): ChannelFact => ({ type: "read", channelId: "general", readSeq, mentionCount: 0 });
    expect(unreadCount(generalAfter(unread, read(7)))).toBe(1);
    expect(unreadCount(generalAfter(unread, read(8), read(6)))).toBe(0);
  });

  test("is nought in a channel one is not in, and left out of the total in an archived one", () => {
    expect(unreadCount(channel("random", { readSeq: null }))).toBe(0);
    const archivedAt = "2026-11-24T08:00:00.000Z";
    expect(
      unreadTotal(startChannels([channel("general", { readSeq: 2 }), channel("old", { readSeq: 0, archivedAt })])),
    ).toBe(3);
  });
});

describe("an answer that was overtaken by live changes", () => {
  test("takes back neither messages nor what was read", () => {
    const live = [said(9, message(9, ADA))].reduce(channelsReducer, general);
    const stale: ChannelFact = {
      type: "shell",
      channels: [channel("general", { topic: "New" })],
      replace: false,
      readOn: new Set(),
    };
    expect(generalAfter(live, stale)).toMatchObject({ lastSeq: 9, version: 9, readSeq: 9, topic: "New" });
  });

  test("counts for everything after the database began another life", () => {
    const fresh: ChannelFact = {
      type: "shell",
      channels: [channel("general", { lastSeq: 1, version: 1, readSeq: 0 })],
      replace: true,
      readOn: new Set(),
    };
    expect(generalAfter(general, fresh)).toMatchObject({ lastSeq: 1, version: 1, readSeq: 0 });
  });

  test("tells where one stands after marking unread elsewhere, unless one has read on here meanwhile", () => {
    const read: ChannelFact = { type: "read", channelId: "general", readSeq: 5, mentionCount: 0 };
    const live = [read].reduce(channelsReducer, general);
    const told = (readOn: string[]): ChannelFact => ({
      type: "shell",
      channels: [channel("general", { readSeq: 2, mentionCount: 1 })],
      replace: false,
      readOn: new Set(readOn),
    });
    expect(generalAfter(live, told([]))).toMatchObject({ readSeq: 2, mentionCount: 1 });
    expect(generalAfter(live, told(["general"]))).toMatchObject({ readSeq: 5, mentionCount: 0 });
  });
});

describe("marking unread", () => {
  test("moves one's place back, never forward", () => {
    const unread = (readSeq: number): ChannelFact => ({
      type: "unread",
      channelId: "general",
      readSeq,
      mentionCount: 1,
    });
    expect(generalAfter(general, unread(1))).toMatchObject({ readSeq: 1, mentionCount: 1 });
    expect(generalAfter(general, unread(99))).toBe(general.get("general"));
  });
});

describe("coming and going", () => {
  test("a public channel that one left can be joined again; a private one is gone", () => {
    const start = startChannels([channel("general"), channel("board", { kind: "private" })]);
    const leave = (channelId: string): ChannelFact => ({ type: "left", channelId });
    const left = [leave("general"), leave("board")].reduce(channelsReducer, start);
    expect(listedChannels(left, undefined).channels).toEqual([]);
    expect(browsedChannels(left, { words: "", order: "name", archived: false }).map(({ name }) => name)).toEqual([
      "general",
    ]);
  });

  test("the number of members follows those who come and go", () => {
    const members = [
      { accountId: BROOK, role: "member" as const },
      { accountId: ADA, role: null },
      { accountId: BROOK, role: null },
    ];
    const change: ChannelFact = {
      type: "changes",
      change: { channelId: "general", to: 8, messages: [], members },
      viewerId: ADA,
    };
    expect(generalAfter(general, change).memberCount).toBe(1);
  });

  test("a channel one was let into appears, and changes of it show", () => {
    const start = startChannels([]);
    expect(
      generalAfter(
        start,
        { type: "joined", channel: channel("general") },
        { type: "updated", channel: channel("general", { topic: "Tea" }) },
      ).topic,
    ).toBe("Tea");
  });
});

test("channels are listed by name, numbers in their order, archived ones apart", () => {
  const archivedAt = "2026-11-24T08:00:00.000Z";
  const state = startChannels([
    channel("team-10"),
    channel("Team-2"),
    channel("attic", { archivedAt }),
    channel("about", { readSeq: null }),
  ]);
  expect(listedChannels(state, undefined).channels.map(({ name }) => name)).toEqual(["Team-2", "team-10"]);
  expect(listedChannels(state, undefined).archived.map(({ name }) => name)).toEqual(["attic"]);
  const browse = (archived: boolean) => browsedChannels(state, { words: "A", order: "name", archived });
  expect(browse(false).map(({ name }) => name)).toEqual(["about", "Team-2", "team-10"]);
  expect(browse(true).map(({ name }) => name)).toEqual(["attic"]);
});
