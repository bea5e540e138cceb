import { handler } from "@/lib/realtime/handle";
import { savedRefSchema } from "@/lib/saved/saved.events";
import { saveMessage, unsaveMessage } from "@/lib/saved/saved.service";

export const saveHandler = handler("message:save", savedRefSchema, async (socket, { id }) => ({
  savedAt: await saveMessage(socket.data.viewer, socket.data.workspace, { id, channelId: null }, socket.id),
}));

export const unsaveHandler = handler("message:unsave", savedRefSchema, async (socket, { id }) => {
  await unsaveMessage(socket.data.viewer, socket.data.workspace, id, socket.id);
  return { savedAt: null };
});
