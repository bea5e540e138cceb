import type { ChangeChannel } from "@/lib/channels/channel.events";
import type { ChannelStanding } from "@/lib/channels/channel.queries";
import { notFound, Refusal } from "@/lib/shared/errors";
import type { Role } from "@/lib/workspaces/workspace.events";

/** Each rule throws the Refusal that the caller is to see, or returns. `not_found` hides what one may not see. */

export function checkMayCreateChannel(role: Role): void {
  if (role === "guest")
    throw new Refusal("forbidden", "Guests cannot create channels. Choose a password to become a member.");
}

export function checkMayChangeChannel(standing: ChannelStanding, { archived, posting }: ChangeChannel): void {
  if (!standing.isMember) throw notFound("The channel");
  if (standing.channel.kind === "direct")
    throw new Refusal("forbidden", "A direct conversation has no name, topic or archive.");
  if (standing.role === "guest") throw new Refusal("forbidden", "Guests cannot change channels.");
  if (posting !== undefined && standing.role !== "owner" && standing.role !== "admin") {
    throw new Refusal("forbidden", "Only an owner or an admin decides who may write to a channel.");
  }
  if (archived === true && standing.isDefault) {
    throw new Refusal("forbidden", "This channel cannot be archived: everybody is in it.");
  }
}

export function checkMayJoin(standing: ChannelStanding): void {
  if (standing.isMember) return;
  if (standing.channel.kind !== "public") throw notFound("The channel");
  if (standing.channel.archivedAt !== null)
    throw new Refusal("forbidden", "This channel is archived; nobody can join it.");
}

export function checkMayInvite(standing: ChannelStanding): void {
  if (!standing.isMember) throw notFound("The channel");
  if (standing.channel.kind === "direct")
    throw new Refusal("forbidden", "Nobody can be added to a direct conversation.");
  if (standing.role === "guest") throw new Refusal("forbidden", "Guests cannot add people to channels.");
  if (standing.channel.archivedAt !== null)
    throw new Refusal("forbidden", "This channel is archived; nobody can be added.");
}

export function checkMayRemove(standing: ChannelStanding, viewerId: string, removedId: string): void {
  if (!standing.isMember) throw notFound("The channel");
  if (standing.channel.kind === "direct") throw new Refusal("forbidden", "A direct conversation cannot be left.");
  if (viewerId === removedId) return;
  if (standing.role !== "owner" && standing.role !== "admin") {
    throw new Refusal("forbidden", "Only an owner or an admin can remove others from a channel.");
  }
}
