import { notFound, redirect } from "next/navigation";
import { viewerForPage } from "@/app/viewer";
import { homeOf } from "@/lib/channels/shell.queries";
import { isSlug } from "@/lib/workspaces/workspace.queries";

export default async function WorkspacePage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace: slug } = await params;
  const viewer = await viewerForPage();
  if (viewer === null) redirect(`/login?next=${encodeURIComponent(`/${slug}`)}`);
  redirect((isSlug(slug) ? await homeOf(viewer, slug) : null) ?? notFound());
}
