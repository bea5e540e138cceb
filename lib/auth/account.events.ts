/** An account as others see it. */
export interface AccountView {
  id: string;
  kind: "member" | "guest" | "bot";
  username: string;
  displayName: string;
}

/** Whoever makes a request, and by what right. */
export interface Viewer {
  account: AccountView;
  via: { session: string } | { token: string };
}

/** One place where an account is logged in. Times are ISO 8601 in UTC. */
export interface SessionView {
  id: string;
  /** Whether this is the session that asks. */
  current: boolean;
  userAgent: string;
  ipAddress: string;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
}

/** A personal access token, without its secret. */
export interface TokenView {
  id: string;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
}
