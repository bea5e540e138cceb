/** What somebody says of themselves, to whoever shares a workspace with them. Texts are empty where nothing is said. */
export interface ProfileView {
  title: string;
  pronouns: string;
  /** An IANA name, as "Europe/Lisbon". */
  timeZone: string | null;
  /** Null as soon as it has expired. Times are ISO 8601 in UTC. */
  status: { emoji: string; text: string; expiresAt: string | null } | null;
}
