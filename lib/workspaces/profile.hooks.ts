import { createContext, useContext, useEffect, useState } from "react";
import type { ProfileView } from "@/lib/auth/profile.events";
import { isRefusal } from "@/lib/shared/errors";
import { rest } from "@/lib/shared/rest";

export const OpenProfileContext = createContext<((accountId: string) => void) | null>(null);

/** Shows who somebody is; null where nobody can be looked at. */
export function useOpenProfile(): ((accountId: string) => void) | null {
  return useContext(OpenProfileContext);
}

/** What somebody says of themselves, asked for when it is looked at; a sentence where it could not be had. */
export function useProfile(slug: string, accountId: string): ProfileView | string | null {
  const [profile, setProfile] = useState<ProfileView | string | null>(null);
  useEffect(() => {
    let wanted = true;
    const settle = (answer: ProfileView | string) => {
      if (wanted) setProfile(answer);
    };
    rest<{ profile: ProfileView }>("GET", `/workspaces/${slug}/members/${accountId}`).then(
      (answer) => settle(answer.profile),
      (error: unknown) => settle(isRefusal(error) ? error.message : "This could not be loaded. Try again later."),
    );
    return () => {
      wanted = false;
    };
  }, [slug, accountId]);
  return profile;
}
