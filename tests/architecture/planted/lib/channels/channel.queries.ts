import { ACCOUNT } from "../auth/account.service";
export const readChannel = ACCOUNT;
