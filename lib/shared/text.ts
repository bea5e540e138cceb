import { z } from "zod";

/** Postgres stores neither NUL nor half a surrogate pair, so neither is let in: what is stored is what was sent. */
export const storableText = z
  .string()
  .refine((text) => !text.includes("\u0000"), "must not contain the NUL character")
  .refine((text) => text.isWellFormed(), "must be well-formed Unicode");

/** The length of a text as people count it for limits: Unicode code points. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** A storable text of `min` to `max` code points. */
export function textOf(min: number, max: number) {
  return storableText
    .refine((text) => text.length >= min, min === 1 ? "must not be empty" : `must have at least ${min} characters`)
    .refine((text) => text.length <= max || codePoints(text) <= max, `must have at most ${max} characters`);
}

export const idSchema = z.uuid("must be a UUID").transform((id) => id.toLowerCase());
