import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { nextAuthOptions } from "@/lib/auth/nextauth";
import { arrive } from "@/lib/channels/arrival.service";
import { problem } from "@/lib/http/answer";
import { readForm } from "@/lib/http/form";
import { requestIdOf } from "@/lib/http/request-log";
import { checkSameOrigin } from "@/lib/http/same-origin";
import { notFound } from "@/lib/shared/errors";
import { signUpState } from "@/lib/workspaces/workspace.queries";

/** What of NextAuth is open; it has more doors, such as one to write into our log. */
const DOORS = new Set([
  "GET csrf",
  "GET error",
  "GET providers",
  "GET session",
  "GET signin",
  "GET signout",
  "POST callback/credentials",
  "POST callback/guest",
  "POST signout",
]);

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    const { nextauth } = await context.params;
    if (!DOORS.has(`${request.method} ${nextauth.join("/")}`)) throw notFound("That page");
    checkSameOrigin(request.method, request.headers);
    const options = nextAuthOptions({ arrive, guestsAllowed: async () => (await signUpState()).guestsAllowed });
    const response: Response = await NextAuth(await bounded(request), context, options);
    response.headers.set("Cache-Control", "no-store");
    return response;
  } catch (error) {
    return problem(error, requestId);
  }
}

/** The same request with a body that is small, well-formed, and flat: NextAuth looks at neither. */
async function bounded(request: NextRequest): Promise<NextRequest> {
  if (request.method !== "POST") return request;
  const body = new URLSearchParams(await readForm(request));
  const headers = new Headers(request.headers);
  headers.set("content-type", "application/x-www-form-urlencoded");
  headers.delete("content-length");
  return new NextRequest(request.url, { method: "POST", headers, body: body.toString() });
}

export { handle as GET, handle as POST };
