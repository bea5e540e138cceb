import { ChevronLeft } from "lucide-react";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { viewerForPage } from "@/app/viewer";
import { KeepAccountForm } from "@/lib/auth/components/keep-account-form";
import { ProfileForm } from "@/lib/auth/components/profile-form";
import { SessionList } from "@/lib/auth/components/session-list";
import { StatusForm } from "@/lib/auth/components/status-form";
import { TokenList } from "@/lib/auth/components/token-list";
import { profileOf } from "@/lib/auth/profile.queries";
import { sessionsOf } from "@/lib/auth/session.queries";
import { tokensOf } from "@/lib/auth/token.queries";
import { UndoWindowChoice } from "@/lib/messages/components/undo-window-choice";
import { THEME_COOKIE, themeOf } from "@/lib/ui/theme";
import { ThemeChoice } from "@/lib/ui/theme-choice";
import { GuestChoice } from "@/lib/workspaces/components/guest-choice";
import { PreviewChoice } from "@/lib/workspaces/components/preview-choice";
import { mayChangeWorkspace } from "@/lib/workspaces/workspace.policy";
import { workspacesOf } from "@/lib/workspaces/workspace.queries";

export const metadata: Metadata = { title: "Settings" };

interface SectionProps {
  id: string;
  title: string;
  text?: string;
  children: ReactNode;
}

function Section({ id, title, text, children }: SectionProps) {
  return (
    <section aria-labelledby={id} className="border-t border-hairline py-8">
      <h2 id={id} className="text-title font-semibold text-strong">
        {title}
      </h2>
      {text === undefined ? null : <p className="mt-1 text-meta text-muted">{text}</p>}
      <div className="mt-4">{children}</div>
    </section>
  );
}

export default async function SettingsPage() {
  const viewer = await viewerForPage();
  if (viewer === null) redirect("/login?next=/settings");
  const { account, via } = viewer;
  const [workspaces, sessions, tokens, profile, jar] = await Promise.all([
    workspacesOf(account.id),
    sessionsOf(account.id, "session" in via ? via.session : null),
    tokensOf(account.id),
    profileOf(account.id),
    cookies(),
  ]);
  return (
    <div className="safe-top safe-bottom min-h-dvh px-4">
      <main className="mx-auto max-w-[40rem] py-6 md:py-10">
        <a
          href="/"
          className="target -ms-2 inline-flex items-center gap-1 rounded-sm px-2 text-meta font-medium text-muted hover:bg-hover hover:text-strong"
        >
          <ChevronLeft size={16} strokeWidth={1.75} aria-hidden="true" className="rtl:-scale-x-100" />
          Back to the channels
        </a>
        <h1 className="mt-4 mb-8 text-display font-semibold text-strong">Settings</h1>
        {account.kind === "guest" ? (
          <Section
            id="keep"
            title="Keep your account"
            text="You are here as a guest. With a username and a password you can come back from anywhere; your name, channels and messages stay."
          >
            <KeepAccountForm nickname={account.username} />
          </Section>
        ) : null}
        <Section
          id="profile"
          title="Profile"
          text={`You are @${account.username}, and others read your display name beside what you write.`}
        >
          <ProfileForm displayName={account.displayName} profile={profile} />
        </Section>
        <Section id="status" title="Status" text="What you are up to, for others who look who you are.">
          <StatusForm status={profile.status} />
        </Section>
        <Section id="look" title="Theme">
          <ThemeChoice initial={themeOf(jar.get(THEME_COOKIE)?.value)} />
        </Section>
        <Section
          id="sending"
          title="Sending"
          text="A message can wait for a while before it is sent, and be taken back meanwhile. On this device."
        >
          <UndoWindowChoice accountId={account.id} />
        </Section>
        {workspaces
          .filter(({ role }) => mayChangeWorkspace(role))
          .map(({ id, slug, name, guestsAllowed, linkPreviews }) => (
            <Section key={id} id={`workspace-${id}`} title={name} text="You look after this workspace.">
              <GuestChoice slug={slug} initial={guestsAllowed} />
              <PreviewChoice slug={slug} initial={linkPreviews} />
            </Section>
          ))}
        <Section id="sessions" title="Where you are logged in" text="A place you log out of is disconnected at once.">
          <SessionList initial={sessions} />
        </Section>
        <Section
          id="tokens"
          title="Access tokens"
          text="For programs that read and write in your name. Whoever has a token can do what you can."
        >
          <TokenList initial={tokens} />
        </Section>
      </main>
    </div>
  );
}
