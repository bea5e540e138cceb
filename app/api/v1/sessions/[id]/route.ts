import { idParamsSchema } from "@/lib/auth/account.schemas";
import { revokeSession } from "@/lib/auth/session.service";
import { route } from "@/lib/http/route";

export const DELETE = route({ params: idParamsSchema }, async ({ viewer, params }) => {
  await revokeSession(params.id, viewer.account.id);
  return undefined;
});
