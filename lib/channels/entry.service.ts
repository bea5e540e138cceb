import type { ChannelView } from "@/lib/channels/channel.events";
import { readStanding } from "@/lib/channels/channel.queries";
import { addMember } from "@/lib/channels/membership.service";
import { publishToAccount } from "@/lib/realtime/publish";
import type { Role } from "@/lib/workspaces/workspace.events";

/** Lets somebody into a channel and tells them of it. Whoever is in it already hears nothing. */
export async function enterChannel(
  slug: string,
  channelId: string,
  newcomer: { account: { id: string } },
  role: Role,
): Promise<ChannelView> {
  const came = await addMember({ slug, channelId }, newcomer.account.id, role);
  const { channel } = await readStanding(newcomer, channelId);
  if (came) publishToAccount(slug, newcomer.account.id, "channel:joined", { channel });
  return channel;
}
