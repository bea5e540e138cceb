import { idParamsSchema } from "@/lib/auth/account.schemas";
import { revokeToken } from "@/lib/auth/token.service";
import { route } from "@/lib/http/route";

export const DELETE = route({ params: idParamsSchema }, async ({ viewer, params }) => {
  await revokeToken(params.id, viewer.account.id);
  return undefined;
});
