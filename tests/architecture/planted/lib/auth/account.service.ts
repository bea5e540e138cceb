import { MESSAGE } from "../messages/message.events";
export const ACCOUNT = MESSAGE;
