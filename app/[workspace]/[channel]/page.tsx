import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { Chat } from "@/app/[workspace]/[channel]/chat";
import { SIDEBAR_COOKIE, ZONE_COOKIE } from "@/app/[workspace]/[channel]/screen-cookies";
import { viewerForPage } from "@/app/viewer";
import type { Viewer } from "@/lib/auth/account.events";
import { tabTitle } from "@/lib/channels/channel.selectors";
import { startChannels } from "@/lib/channels/channel.store";
import { channelAt } from "@/lib/channels/channel-path";
import { signedTitle } from "@/lib/channels/channel-title";
import { readShell } from "@/lib/channels/shell.queries";
import { readEpoch } from "@/lib/db/life";
import type { MessagePage } from "@/lib/messages/message.events";
import { findMessage, readPage } from "@/lib/messages/message.queries";
import { idSchema } from "@/lib/shared/text";
import { listMembers } from "@/lib/workspaces/workspace.queries";

interface ChannelPageProps {
  params: Promise<{ workspace: string; channel: string }>;
  searchParams: Promise<{ m?: string | string[]; thread?: string | string[] }>;
}

const PAGE_SIZE = 50;

/** The workspace as the viewer sees it and the channel that the address names; asked for once a request. */
const placeOf = cache(async (viewer: Viewer, slug: string, part: string) => {
  const shell = await readShell(viewer, decoded(slug), []);
  return shell === null ? null : { shell, channel: channelAt(part, shell.channels) };
});

export async function generateMetadata({ params }: ChannelPageProps): Promise<Metadata> {
  const { workspace: slug, channel: part } = await params;
  const viewer = await viewerForPage();
  const place = viewer === null ? null : await placeOf(viewer, slug, part);
  if (place === null) return {};
  const { shell, channel } = place;
  const people = channel?.memberIds == null ? [] : await listMembers(shell.workspace.id, channel.memberIds);
  const nameOf = (id: string) => people.find((member) => member.id === id)?.displayName;
  const called = channel && signedTitle(channel, shell.me.id, nameOf);
  return { title: { absolute: tabTitle(startChannels(shell.channels), called, shell.workspace.name) } };
}

export default async function ChannelPage({ params, searchParams }: ChannelPageProps) {
  const { workspace: slug, channel: part } = await params;
  const asked = await searchParams;
  const focus = idSchema.safeParse(asked.m).data ?? null;
  const thread = idSchema.safeParse(asked.thread).data ?? null;
  const query = new URLSearchParams({ ...(thread && { thread }), ...(focus && { m: focus }) }).toString();
  const address = `/${slug}/${part}${query === "" ? "" : `?${query}`}`;

  const viewer = await viewerForPage();
  if (viewer === null) redirect(`/login?next=${encodeURIComponent(address)}`);
  const [place, epoch] = await Promise.all([placeOf(viewer, slug, part), readEpoch()]);
  const { shell, channel } = place ?? notFound();
  if (channel === undefined) notFound();

  const found = focus === null ? null : await findMessage(viewer, channel.id, focus);
  if (found?.threadId && thread === null) redirect(`/${slug}/${part}?thread=${found.threadId}&m=${focus}`);
  const page = channel.readSeq === null ? null : await pageAt(viewer, channel.id, found?.seq ?? null);
  const authors = page?.messages.map(({ authorId }) => authorId) ?? [];
  const called =
    page?.messages.flatMap(({ mentions }) => mentions.filter((id) => idSchema.safeParse(id).success)) ?? [];
  const written = shell.channels.flatMap(({ memberIds }) => memberIds ?? []);
  const members = await listMembers(shell.workspace.id, [...new Set([...authors, ...called, ...written])]);
  const screen = await screenOf();
  return (
    <Chat
      shell={{ ...shell, members }}
      epoch={epoch}
      {...(page === null ? {} : { initial: { channelId: channel.id, page } })}
      address={address}
      {...screen}
    />
  );
}

/** The page around a place, or the newest one where no message of the channel is meant. */
function pageAt(viewer: Viewer, channelId: string, around: number | null): Promise<MessagePage> {
  return readPage(viewer, channelId, around === null ? { limit: PAGE_SIZE } : { limit: PAGE_SIZE, around });
}

/** How this browser writes times and what it put away, as far as it has said so. */
async function screenOf(): Promise<{ locale: string; timeZone: string; sidebarCollapsed: boolean }> {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  return {
    locale: localeOf(sent.get("accept-language")),
    timeZone: zoneOf(jar.get(ZONE_COOKIE)?.value),
    sidebarCollapsed: jar.get(SIDEBAR_COOKIE)?.value === "collapsed",
  };
}

function zoneOf(name: string | undefined): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name ?? "UTC" }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

function localeOf(acceptLanguage: string | null): string {
  const first = acceptLanguage?.split(",")[0]?.split(";")[0]?.trim() ?? "";
  try {
    return Intl.getCanonicalLocales(first)[0] ?? "en";
  } catch {
    return "en";
  }
}

/** A part of a path as it was meant; what is no valid encoding is taken as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
