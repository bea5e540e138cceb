import { openRoute } from "@/lib/http/route";
import { Refusal } from "@/lib/shared/errors";

const missing = openRoute({}, async () => {
  throw new Refusal("not_found", "There is no such call; docs/protocol.md lists them.");
});

export { missing as DELETE, missing as GET, missing as PATCH, missing as POST, missing as PUT };
