import { createTokenSchema } from "@/lib/auth/account.schemas";
import { tokensOf } from "@/lib/auth/token.queries";
import { createToken } from "@/lib/auth/token.service";
import { answer } from "@/lib/http/answer";
import { route } from "@/lib/http/route";

export const GET = route({}, async ({ viewer }) => ({ tokens: await tokensOf(viewer.account.id) }));

export const POST = route({ body: createTokenSchema }, async ({ viewer, body }) =>
  answer(201, await createToken(viewer.account.id, body.name)),
);
