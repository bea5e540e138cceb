import type { Viewer } from "@/lib/auth/account.events";
import type { ChangeChannel, ChannelView, CreateChannel } from "@/lib/channels/channel.events";
import {
  checkMayChangeChannel,
  checkMayCreateChannel,
  checkMayInvite,
  checkMayJoin,
  checkMayRemove,
} from "@/lib/channels/channel.policy";
import { type ChannelStanding, readMemberMarks, readStanding } from "@/lib/channels/channel.queries";
import { enterChannel } from "@/lib/channels/entry.service";
import { removeMember } from "@/lib/channels/membership.service";
import { pool } from "@/lib/db/database";
import { publishToAccount } from "@/lib/realtime/publish";
import { Refusal } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import type { Role } from "@/lib/workspaces/workspace.events";

/** What makes two names one: compared after NFKC and case folding. */
export function channelNameKey(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

const taken = (name: string) =>
  new Refusal("conflict", `There is a channel named ${name} already.`, {
    errors: [{ path: "name", message: "is taken by another channel" }],
  });

/**
 * Creates a channel with its creator as its first member.
 * @throws Refusal `forbidden`, `conflict`
 */
export async function createChannel(
  viewer: Viewer,
  workspace: { id: string; slug: string; role: Role },
  input: CreateChannel,
): Promise<ChannelView> {
  checkMayCreateChannel(workspace.role);
  const id = newId();
  const { rowCount } = await pool().query(
    `INSERT INTO channels (id, workspace_id, kind, name, name_key, topic) VALUES ($1, $2, $3::channel_kind, $4, $5, $6)
      ON CONFLICT (workspace_id, name_key) DO NOTHING`,
    [
      id,
      workspace.id,
      input.private === true ? "private" : "public",
      input.name,
      channelNameKey(input.name),
      input.topic ?? "",
    ],
  );
  if (rowCount === 0) throw taken(input.name);
  return await enterChannel(workspace.slug, id, viewer, workspace.role);
}

/** Lets the viewer into a public channel. Joining twice is joining once. @throws Refusal `not_found`, `forbidden` */
export async function joinChannel(viewer: Viewer, channelId: string): Promise<ChannelView> {
  const standing = await readStanding(viewer, channelId);
  checkMayJoin(standing);
  return await enterChannel(standing.workspace.slug, channelId, viewer, standing.role);
}

/** Adds people of the same workspace. @throws Refusal `not_found`, `forbidden`, `invalid` naming who is no member */
export async function inviteToChannel(viewer: Viewer, channelId: string, accountIds: string[]): Promise<ChannelView> {
  const standing = await readStanding(viewer, channelId);
  checkMayInvite(standing);
  const { rows: people } = await pool().query<{ account_id: string; role: Role }>(
    "SELECT account_id, role FROM members WHERE workspace_id = $1 AND account_id = ANY ($2::uuid[])",
    [standing.workspace.id, accountIds],
  );
  const known = new Set(people.map((person) => person.account_id));
  const stranger = accountIds.findIndex((id) => !known.has(id));
  if (stranger !== -1) {
    throw new Refusal("invalid", "Only members of this workspace can be added.", {
      errors: [{ path: `accountIds.${stranger}`, message: "is not a member of this workspace" }],
    });
  }
  for (const { account_id, role } of people) {
    await enterChannel(standing.workspace.slug, channelId, { account: { id: account_id } }, role);
  }
  return (await readStanding(viewer, channelId)).channel;
}

/** Leaving (one's own id) or removing. @throws Refusal `not_found`, `forbidden` */
export async function removeFromChannel(viewer: Viewer, channelId: string, accountId: string): Promise<void> {
  const { channel, ...standing } = await readStanding(viewer, channelId);
  checkMayRemove({ channel, ...standing }, viewer.account.id, accountId);
  await removeMember({ slug: standing.workspace.slug, channelId }, accountId);
}

/** Renames, sets the topic, archives or reopens. @throws Refusal `not_found`, `forbidden`, `conflict` */
export async function changeChannel(viewer: Viewer, channelId: string, change: ChangeChannel): Promise<ChannelView> {
  const standing = await readStanding(viewer, channelId);
  checkMayChangeChannel(standing, change);
  try {
    await pool().query(
      `UPDATE channels SET name = coalesce($2, name), name_key = coalesce($3, name_key), topic = coalesce($4, topic),
        archived_at = CASE WHEN $5::boolean IS NULL THEN archived_at WHEN $5 THEN coalesce(archived_at, now()) END,
        posting = coalesce($6::posting, posting)
        WHERE id = $1`,
      [
        channelId,
        change.name ?? null,
        change.name === undefined ? null : channelNameKey(change.name),
        change.topic ?? null,
        change.archived ?? null,
        change.posting ?? null,
      ],
    );
  } catch (error) {
    if (isUniqueViolation(error)) throw taken(change.name ?? "");
    throw error;
  }
  const changed = await readStanding(viewer, channelId);
  await announceChannel(changed);
  return changed.channel;
}

/** Each member hears of the channel as they see it. */
async function announceChannel({ channel, workspace }: ChannelStanding): Promise<void> {
  for (const { accountId, ...marks } of await readMemberMarks(channel.id)) {
    publishToAccount(workspace.slug, accountId, "channel:updated", { channel: { ...channel, ...marks } });
  }
}

function isUniqueViolation(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "23505";
}
