import { sendMessage } from "../messages/message.service";
export const publish = sendMessage;
