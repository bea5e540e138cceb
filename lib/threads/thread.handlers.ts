import { historySchema } from "@/lib/messages/message.events";
import { readPage } from "@/lib/messages/message.queries";
import { handler } from "@/lib/realtime/handle";
import { followThreadSchema, listThreadsSchema, readThreadSchema } from "@/lib/threads/thread.events";
import { listFollowedThreads, readReplies } from "@/lib/threads/thread.queries";
import { followThread, markThreadRead } from "@/lib/threads/thread.service";

/** A page of a channel, or of a thread in it. */
export const historyHandler = handler("history", historySchema, ({ data }, { channelId, threadId, ...range }) =>
  threadId == null ? readPage(data.viewer, channelId, range) : readReplies(data.viewer, { channelId, threadId }, range),
);

export const followThreadHandler = handler("thread:follow", followThreadSchema, async ({ id, data }, input) => ({
  standing: await followThread(data.viewer, data.workspace, input, id),
}));

export const readThreadHandler = handler("thread:read", readThreadSchema, async ({ id, data }, input) => ({
  standing: await markThreadRead(data.viewer, data.workspace, input, id),
}));

export const listThreadsHandler = handler("threads", listThreadsSchema, ({ data }) =>
  listFollowedThreads(data.viewer, data.workspace.id),
);
