import { headers } from "next/headers";
import { cache } from "react";
import type { Viewer } from "@/lib/auth/account.events";
import { viewerFromHeaders } from "@/lib/auth/viewer";

/** Who looks at this page, or null; asked of the database once a request. */
export const viewerForPage = cache(async (): Promise<Viewer | null> => viewerFromHeaders(await headers()));
