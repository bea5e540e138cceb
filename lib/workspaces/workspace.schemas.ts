import { z } from "zod";

export const changeWorkspaceSchema = z
  .strictObject({ guestsAllowed: z.boolean().optional(), linkPreviews: z.boolean().optional() })
  .refine((change) => Object.values(change).some((value) => value !== undefined), "name at least one setting");
export type ChangeWorkspace = z.output<typeof changeWorkspaceSchema>;

export const changeRoleSchema = z.strictObject({ role: z.enum(["owner", "admin", "member"]) });
