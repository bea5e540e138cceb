import { notFound, redirect } from "next/navigation";
import { viewerForPage } from "@/app/viewer";
import { homeOf } from "@/lib/channels/shell.queries";
import { signUpState } from "@/lib/workspaces/workspace.queries";

export default async function HomePage() {
  const viewer = await viewerForPage();
  if (viewer !== null) redirect((await homeOf(viewer)) ?? notFound());
  const { firstAccount } = await signUpState();
  redirect(firstAccount ? "/signup" : "/login");
}
