import { z } from "zod";
import type { MessageView } from "@/lib/messages/message.events";
import { idSchema } from "@/lib/shared/text";

/** A message that one keeps for later. */
export interface SavedView {
  savedAt: string;
  message: MessageView;
}

export interface SavedPage {
  saved: SavedView[];
  /** What to ask with for the ones before; null at the end. */
  nextCursor: string | null;
}

/** Told to one's own other connections; `savedAt: null` where it is saved no more. */
export interface SavedChange {
  messageId: string;
  savedAt: string | null;
}

export const savedRefSchema = z.strictObject({ id: idSchema });

const CURSOR = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_[0-9a-f-]{36}$/;

/** A place in the list: when a message was saved, and which. */
const cursorSchema = z
  .string()
  .regex(CURSOR, "must be a nextCursor that was answered")
  .transform((text) => ({ savedAt: text.slice(0, 24), id: text.slice(25) }))
  .refine(
    ({ id, savedAt }) => idSchema.safeParse(id).success && !Number.isNaN(Date.parse(savedAt)),
    "must be a nextCursor that was answered",
  );

export const savedPageSchema = z.strictObject({
  limit: z
    .string()
    .regex(/^\d{1,3}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.int().min(1).max(100))
    .default(50),
  cursor: cursorSchema.optional(),
});
export type SavedRange = z.output<typeof savedPageSchema>;
