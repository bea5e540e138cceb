import type { AccountView, SessionView, TokenView } from "@/lib/auth/account.events";
import type { FieldError } from "@/lib/shared/errors";
import type { Role } from "@/lib/workspaces/workspace.events";

/** An HTTP client that keeps cookies and names its Origin, as a browser does. */
export interface Visitor {
  cookies: Map<string, string>;
  /** One call of `/api/v1`. */
  call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  /** One request to any address, redirects not followed. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>;
  /** Posts a form to one of NextAuth's doors. @returns the status, and the `error` that the page would show */
  post: (
    door: string,
    fields: Record<string, string>,
  ) => Promise<{ status: number; error: string | null; url: string }>;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: Body;
}

/** What the calls about accounts answer; each test reads what its call should have answered. */
interface Body {
  account: AccountView;
  workspaces: { id: string; slug: string; name: string; role: Role }[];
  sessions: SessionView[];
  tokens: TokenView[];
  token: TokenView;
  secret: string;
  errors: FieldError[];
}

/** @param standing headers that go with every request, as a proxy between adds them */
export function visit(origin: string, standing: Record<string, string> = {}): Visitor {
  const cookies = new Map<string, string>();

  const request = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers({ ...standing, ...Object.fromEntries(new Headers(init.headers)) });
    if (!headers.has("origin")) headers.set("origin", origin);
    const jar = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    if (jar !== "" && !headers.has("cookie")) headers.set("cookie", jar);
    const response = await fetch(`${origin}${path}`, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    return response;
  };

  return {
    cookies,
    fetch: request,
    call: async (method, path, body, headers = {}) => {
      const response = await request(`/api/v1${path}`, {
        method,
        headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: JSON.parse(text === "" ? "{}" : text) };
    },
    post: async (door, fields) => {
      const { csrfToken }: { csrfToken: string } = await (await request("/api/auth/csrf")).json();
      const body = new URLSearchParams({ csrfToken, json: "true", ...fields });
      const response = await request(`/api/auth/${door}`, { method: "POST", body });
      const { url = "" }: { url?: string } = await response.json();
      return { status: response.status, url, error: new URL(url, origin).searchParams.get("error") };
    },
  };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = "", ...attributes] = line.split(";");
  const name = pair.slice(0, pair.indexOf("="));
  const value = pair.slice(pair.indexOf("=") + 1);
  const gone = value === "" || attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute));
  if (gone) cookies.delete(name);
  else cookies.set(name, value);
}

/** Signs up and logs in. */
export async function member(origin: string, username: string, password = "a quiet harbour"): Promise<Visitor> {
  const visitor = visit(origin);
  const made = await visitor.call("POST", "/accounts", { username, password });
  if (made.status !== 201) throw new Error(`${username} could not sign up: ${JSON.stringify(made.body)}`);
  const { error } = await visitor.post("callback/credentials", { username, password });
  if (error !== null) throw new Error(`${username} could not log in: ${error}`);
  return visitor;
}
