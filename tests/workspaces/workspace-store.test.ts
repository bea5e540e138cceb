import type { MemberView } from "@/lib/workspaces/workspace.events";
import { startWorkspace, workspaceReducer } from "@/lib/workspaces/workspace.store";

const workspace = { id: "w", slug: "parley", name: "Parley", guestsAllowed: true, linkPreviews: false };
const ada: MemberView = { id: "a", kind: "member", username: "ada", displayName: "Ada", role: "owner" };
const brook: MemberView = { id: "b", kind: "guest", username: "brook", displayName: "Brook", role: "guest" };
const start = startWorkspace({ workspace, me: ada, members: [] });

test("oneself is known from the start, everybody once the workspace was fetched", () => {
  expect([...start.members.values()]).toEqual([ada]);
  expect(start.everybody).toBe(false);
  const whole = workspaceReducer(start, { type: "shell", shell: { workspace, me: ada, members: [ada, brook] } });
  expect(whole.members.get("b")).toEqual(brook);
  expect(whole.everybody).toBe(true);
});

test("a new name shows everywhere, and keeps the role", () => {
  const { role: _, ...account } = { ...ada, displayName: "Ada L." };
  const renamed = workspaceReducer(start, { type: "account", account });
  expect(renamed.me).toEqual({ ...ada, displayName: "Ada L." });
  expect(renamed.members.get("a")).toEqual(renamed.me);
});

test("who arrives is known at once", () => {
  const { role: _, ...account } = brook;
  expect(workspaceReducer(start, { type: "account", account }).members.get("b")).toEqual(brook);
});

test("a guest who chose a password is a member in every tab", () => {
  const guest = startWorkspace({ workspace, me: brook, members: [] });
  const { role: _, ...account } = { ...brook, kind: "member" as const };
  expect(workspaceReducer(guest, { type: "account", account }).me.role).toBe("member");
});
