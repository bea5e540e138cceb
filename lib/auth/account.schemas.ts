import { z } from "zod";
import { displayNameSchema, nicknameSchema, usernameSchema } from "@/lib/auth/name";
import { idSchema, textOf } from "@/lib/shared/text";

/** ASCII only, so that no look-alike of "@" or of a domain's letters gets in (fullwidth "＠", Cyrillic "а"). */
const emailSchema = textOf(3, 254)
  .regex(
    /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i,
    "must be an e-mail address, in plain letters",
  )
  .transform((email) => email.toLowerCase());

const passwordSchema = textOf(8, 256);

export const signUpSchema = z.strictObject({
  username: usernameSchema,
  password: passwordSchema,
  email: emailSchema.optional(),
  displayName: displayNameSchema.optional(),
  workspaceName: textOf(1, 80).optional(),
});
export type SignUp = z.output<typeof signUpSchema>;

export const upgradeSchema = z.strictObject({
  username: usernameSchema,
  password: passwordSchema,
  email: emailSchema.optional(),
});
export type Upgrade = z.output<typeof upgradeSchema>;

export const logInSchema = z.object({ username: textOf(1, 254), password: textOf(1, 256) });

export const guestSchema = z.object({ nickname: nicknameSchema });

export const createTokenSchema = z.strictObject({ name: textOf(1, 80) });

export const idParamsSchema = z.strictObject({ id: idSchema });
