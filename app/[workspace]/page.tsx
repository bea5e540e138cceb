import { notFound, redirect } from "next/navigation";
import { viewerForPage } from "@/app/viewer";
import { ownChannels } from "@/lib/channels/channel.selectors";
import { startChannels } from "@/lib/channels/channel.store";
import { channelPath } from "@/lib/channels/channel-path";
import { readShell } from "@/lib/channels/shell.queries";

export default async function WorkspacePage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace: slug } = await params;
  const viewer = await viewerForPage();
  if (viewer === null) redirect(`/login?next=${encodeURIComponent(`/${slug}`)}`);
  const shell = (await readShell(viewer, slug, [])) ?? notFound();
  const { open } = ownChannels(startChannels(shell.channels));
  const home = open.find(({ name }) => name === "general") ?? open[0] ?? notFound();
  redirect(channelPath(shell.workspace.slug, home));
}
