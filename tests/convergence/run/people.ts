import type { ChannelView } from "@/lib/channels/channel.events";
import { joinParley, type Person } from "@/tests/support/peer";

const CAST = ["ada", "brook", "chen", "dilan", "emeka", "farah", "goran", "hana", "ines", "jun"];

/** The people of a run, and the channels that they talk in. The first of them owns the place and never leaves. */
export interface Company {
  people: Person[];
  channels: { general: string; open: string; closed: string };
}

/** Signs people up and makes a public channel that they come to and leave, and a private one that they are let into. */
export async function gather(origin: string, count: number): Promise<Company> {
  const [first, ...others] = CAST.slice(0, Math.max(3, count));
  const ada = await joinParley(origin, first ?? "ada");
  const people = [ada, ...(await Promise.all(others.map((name) => joinParley(origin, name))))];
  const make = async (name: string, isPrivate: boolean) => {
    const { body } = await ada.rest<{ channel: ChannelView }>("POST", `/workspaces/${ada.slug}/channels`, {
      name,
      private: isPrivate,
    });
    const accountIds = people.slice(1).map(({ account }) => account.id);
    await ada.rest("POST", `/channels/${body.channel.id}/members`, { accountIds });
    return body.channel.id;
  };
  const channels = {
    general: (await ada.channel("general")).id,
    open: await make("harbour", false),
    closed: await make("engine-room", true),
  };
  return { people, channels };
}
