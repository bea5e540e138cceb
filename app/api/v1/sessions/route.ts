import { sessionsOf } from "@/lib/auth/session.queries";
import { route } from "@/lib/http/route";

export const GET = route({}, async ({ viewer }) => {
  const current = "session" in viewer.via ? viewer.via.session : null;
  return { sessions: await sessionsOf(viewer.account.id, current) };
});
