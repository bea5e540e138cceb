import type { z } from "zod";
import { Refusal } from "@/lib/shared/errors";

/** `input` as `schema` reads it. @throws Refusal `invalid`, with one entry in `errors` for every fault found */
export function checked<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.slice(0, 20).map((issue) => ({
    path: issue.path.map(String).join("."),
    message: issue.message,
  }));
  const first = errors[0];
  const where = first === undefined || first.path === "" ? "The request" : first.path;
  throw new Refusal("invalid", `${where}: ${first?.message ?? "is not valid"}.`, { errors });
}
