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
