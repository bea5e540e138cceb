import type { AccountView } from "@/lib/auth/account.events";

/** The columns of an account that others may see. */
export interface AccountRow {
  id: string;
  kind: AccountView["kind"];
  username: string;
  display_name: string;
}

export function accountView(row: AccountRow): AccountView {
  return { id: row.id, kind: row.kind, username: row.username, displayName: row.display_name };
}
