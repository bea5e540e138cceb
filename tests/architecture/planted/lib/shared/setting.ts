import { ACCOUNT } from "../auth/account.service";
export const SETTING = ACCOUNT;
