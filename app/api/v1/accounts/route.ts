import { signUpSchema } from "@/lib/auth/account.schemas";
import { createAccount } from "@/lib/auth/account.service";
import { takeOrRefuse } from "@/lib/auth/limits";
import { arrive } from "@/lib/channels/arrival.service";
import { clientAddress } from "@/lib/http/address";
import { answer } from "@/lib/http/answer";
import { openRoute } from "@/lib/http/route";

/** Signs up. The first account ever founds the workspace; whoever comes later joins it. */
export const POST = openRoute({ body: signUpSchema }, async ({ body, request }) => {
  const { workspaceName, ...wanted } = body;
  await takeOrRefuse("sign-ups of an address", clientAddress(request.headers));
  const account = await createAccount(wanted);
  await arrive(account, workspaceName);
  return answer(201, { account });
});
