import { z } from "zod";

/** "away": connected, and not active for a while in any tab or on any device. */
export type PresenceStatus = "online" | "away" | "offline";

export interface PresenceChange {
  accountId: string;
  status: PresenceStatus;
}

/** What one connection says of the person before it. */
export const setPresenceSchema = z.strictObject({ status: z.enum(["active", "away"]) });
