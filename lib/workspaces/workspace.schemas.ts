import { z } from "zod";

export const changeWorkspaceSchema = z.strictObject({ guestsAllowed: z.boolean() });
export type ChangeWorkspace = z.output<typeof changeWorkspaceSchema>;

export const changeRoleSchema = z.strictObject({ role: z.enum(["owner", "admin", "member"]) });
