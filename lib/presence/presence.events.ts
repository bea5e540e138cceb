export type PresenceStatus = "online" | "offline";

export interface PresenceChange {
  accountId: string;
  status: PresenceStatus;
}
