import { z } from "zod";
import { displayNameSchema } from "@/lib/auth/name";
import { textOf } from "@/lib/shared/text";

/** One line, without outer spaces. */
const lineOf = (most: number) => textOf(0, most).transform((text) => text.replaceAll(/\s+/g, " ").trim());

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

const statusSchema = z.strictObject({
  emoji: lineOf(64).default(""),
  text: lineOf(100).default(""),
  expiresAt: z.iso.datetime().nullable().default(null),
});

/** What is absent stays as it is; `status: null` ends it. */
export const changeMeSchema = z
  .strictObject({
    displayName: displayNameSchema,
    title: lineOf(100),
    pronouns: lineOf(40),
    timeZone: textOf(1, 64).refine(isTimeZone, "must be a time zone, as Europe/Lisbon").nullable(),
    status: statusSchema.nullable(),
  })
  .partial();
export type ChangeProfile = Omit<z.output<typeof changeMeSchema>, "displayName">;
