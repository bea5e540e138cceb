import { z } from "zod";
import { idSchema, textOf } from "@/lib/shared/text";
import type { Role } from "@/lib/workspaces/workspace.events";

export interface ChannelView {
  id: string;
  workspaceId: string;
  kind: "public" | "private" | "direct";
  name: string;
  topic: string;
  lastSeq: number;
  version: number;
  /** How far the viewer has read; null where the viewer is not a member (a public channel to join). */
  readSeq: number | null;
  mentionCount: number;
  archivedAt: string | null;
  memberCount: number;
  /** Of a direct channel, everybody in it; null of others. */
  memberIds: string[] | null;
  posting: "all" | "admins";
  /** How one's own list shows it: among the favourites, quietly, in a section of one's own. */
  starred: boolean;
  muted: boolean;
  section: string | null;
  /** Not listed until something above this is said. */
  hiddenSeq: number | null;
}

/** A step of the channel's version: `role: null` means that the account went. */
export interface MembershipChangeView {
  accountId: string;
  role: Role | null;
}

/** What cannot be seen or turns the reading direction could make one name look like another. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;

/** Emoji of several parts are held together by this one. */
const JOINER = /\u200d/gu;

/** 1–80 characters after NFKC and without outer spaces. Dots alone would be a step in a path, not a name. */
const channelName = textOf(1, 80)
  .transform((name) => name.normalize("NFKC").trim())
  .pipe(
    textOf(1, 80)
      .refine((name) => !INVISIBLE.test(name.replaceAll(JOINER, "")), "must not contain invisible characters")
      .refine((name) => !/^\.+$/.test(name), "must not be dots alone"),
  );

export const createChannelSchema = z.strictObject({
  name: channelName,
  topic: textOf(0, 250).optional(),
  private: z.boolean().optional(),
});
export type CreateChannel = z.output<typeof createChannelSchema>;

export const changeChannelSchema = z.strictObject({
  name: channelName.optional(),
  topic: textOf(0, 250).optional(),
  archived: z.boolean().optional(),
  posting: z.enum(["all", "admins"]).optional(),
});
export type ChangeChannel = z.output<typeof changeChannelSchema>;

/** The others; none for one's own notes. */
export const directSchema = z.strictObject({ memberIds: z.array(idSchema).max(8) });

export const channelPreferencesSchema = z.strictObject({
  starred: z.boolean().optional(),
  muted: z.boolean().optional(),
  section: textOf(1, 40).nullish(),
  hidden: z.boolean().optional(),
});
export type ChannelPreferences = z.output<typeof channelPreferencesSchema>;

export const joinChannelSchema = z.strictObject({ accountIds: z.array(idSchema).min(1).max(100).optional() });

export const readChannelSchema = z.strictObject({
  channelId: idSchema,
  seq: z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
});

/** `seq` is the first message that counts as unread again. */
export const unreadChannelSchema = readChannelSchema.extend({
  seq: z
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});

export const channelRefSchema = z.strictObject({ channelId: idSchema });
