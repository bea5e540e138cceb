import { sendMessage } from "../message.service";
export const Composer = () => sendMessage;
