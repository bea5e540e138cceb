import {
  deleteMessageSchema,
  editMessageSchema,
  messageRefSchema,
  reactionSchema,
  removePreviewsSchema,
  sendMessageSchema,
  syncSchema,
} from "@/lib/messages/message.events";
import {
  addReaction,
  deleteMessage,
  editMessage,
  pinMessage,
  removePreviews,
  removeReaction,
  sendMessage,
  unpinMessage,
} from "@/lib/messages/message.service";
import { syncChannels } from "@/lib/messages/sync.queries";
import { handler } from "@/lib/realtime/handle";

export const sendHandler = handler("message:send", sendMessageSchema, async ({ data }, input) => ({
  message: await sendMessage(data.viewer, data.workspace, input),
}));

export const editHandler = handler("message:edit", editMessageSchema, async ({ data }, input) => ({
  message: await editMessage(data.viewer, data.workspace, { ...input, channelId: null }),
}));

export const deleteHandler = handler("message:delete", deleteMessageSchema, async ({ data }, input) => ({
  message: await deleteMessage(data.viewer, data.workspace, { ...input, channelId: null }),
}));

export const addReactionHandler = handler("reaction:add", reactionSchema, async ({ data }, input) => ({
  message: await addReaction(data.viewer, data.workspace, input),
}));

export const removeReactionHandler = handler("reaction:remove", reactionSchema, async ({ data }, input) => ({
  message: await removeReaction(data.viewer, data.workspace, input),
}));

export const removePreviewsHandler = handler("preview:remove", removePreviewsSchema, async ({ data }, input) => ({
  message: await removePreviews(data.viewer, data.workspace, { id: input.messageId, channelId: null }),
}));

export const pinHandler = handler("message:pin", messageRefSchema, async ({ data }, { id }) => ({
  message: await pinMessage(data.viewer, data.workspace, { id, channelId: null }),
}));

export const unpinHandler = handler("message:unpin", messageRefSchema, async ({ data }, { id }) => ({
  message: await unpinMessage(data.viewer, data.workspace, { id, channelId: null }),
}));

/** Waits for the rooms: what is committed after this answer's snapshot must find the socket in its place. */
export const syncHandler = handler("sync", syncSchema, async ({ data }, { cursors }) => {
  await data.joined;
  return await syncChannels(data.viewer, data.workspace.id, cursors);
});
