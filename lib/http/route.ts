import type { z } from "zod";
import type { Viewer } from "@/lib/auth/account.events";
import { viewerFromHeaders } from "@/lib/auth/viewer";
import { answer, problem } from "@/lib/http/answer";
import { BODY_BYTES, readBody } from "@/lib/http/body";
import { checked } from "@/lib/http/checked";
import { requestIdOf } from "@/lib/http/request-log";
import { checkSameOrigin } from "@/lib/http/same-origin";
import { Refusal } from "@/lib/shared/errors";

type Schema = z.ZodType | undefined;
type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

/** What a route takes. Strict schemas refuse unknown keys; query values reach theirs as strings. */
interface Shape<Body, Query, Params> {
  body?: Body;
  query?: Query;
  params?: Params;
  /** The most that the body may weigh, in bytes; 64 KiB unless told. */
  maxBytes?: number;
}

interface Input<Body, Query, Params> {
  body: Body;
  query: Query;
  params: Params;
}

interface Call<Who> {
  viewer: Who;
  request: Request;
  /** Names this request in the log. */
  requestId: string;
}

type Unchecked = Input<unknown, unknown, unknown>;

/** An object is answered as 200, nothing as 204, and a Response goes out as it is: `answer(201, { … })`. */
type Outcome = Promise<Response | object | undefined>;

type RouteHandler = (
  request: Request,
  context: { params: Promise<Record<string, string | string[] | undefined>> },
) => Promise<Response>;

/**
 * One call of the REST API, for those who are logged in: checks the origin, says who asks, checks params, query and
 * body against their schemas, runs `handle`, and answers whatever it returns or throws. Without a live session or
 * token the answer is `unauthenticated`.
 */
export function route<B extends Schema = undefined, Q extends Schema = undefined, P extends Schema = undefined>(
  shape: Shape<B, Q, P>,
  handle: (call: Call<Viewer> & Input<Parsed<B>, Parsed<Q>, Parsed<P>>) => Outcome,
): RouteHandler;
export function route(
  shape: Shape<Schema, Schema, Schema>,
  handle: (call: Call<Viewer> & Unchecked) => Outcome,
): RouteHandler {
  return serve(shape, requireViewer, handle);
}

/** The same for a call that needs no log-in: `viewer` is null where there is none. */
export function openRoute<B extends Schema = undefined, Q extends Schema = undefined, P extends Schema = undefined>(
  shape: Shape<B, Q, P>,
  handle: (call: Call<Viewer | null> & Input<Parsed<B>, Parsed<Q>, Parsed<P>>) => Outcome,
): RouteHandler;
export function openRoute(
  shape: Shape<Schema, Schema, Schema>,
  handle: (call: Call<Viewer | null> & Unchecked) => Outcome,
): RouteHandler {
  return serve(shape, (request) => viewerFromHeaders(request.headers), handle);
}

async function requireViewer(request: Request): Promise<Viewer> {
  const viewer = await viewerFromHeaders(request.headers);
  if (viewer === null) throw new Refusal("unauthenticated", "Log in first.");
  return viewer;
}

function serve<Who>(
  shape: Shape<Schema, Schema, Schema>,
  identify: (request: Request) => Promise<Who>,
  handle: (call: Call<Who> & Unchecked) => Outcome,
): RouteHandler {
  return async (request, context) => {
    const requestId = requestIdOf(request.headers);
    try {
      checkSameOrigin(request.method, request.headers);
      const viewer = await identify(request);
      const params = shape.params && checked(shape.params, await context.params);
      const query = shape.query && checked(shape.query, queryOf(request));
      const body = shape.body && (await readBody(request, shape.body, shape.maxBytes ?? BODY_BYTES));
      const outcome = await handle({ viewer, params, query, body, request, requestId });
      if (outcome instanceof Response) return outcome;
      return outcome === undefined
        ? new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } })
        : answer(200, outcome);
    } catch (error) {
      return problem(error, requestId);
    }
  };
}

/** The query as an object. A name given twice is an array, which no schema here takes. */
function queryOf(request: Request): Record<string, string | string[]> {
  const { searchParams } = new URL(request.url);
  const entries = [...new Set(searchParams.keys())].map((name): [string, string | string[]] => {
    const [first, ...more] = searchParams.getAll(name);
    return [name, first === undefined || more.length > 0 ? searchParams.getAll(name) : first];
  });
  return Object.fromEntries(entries);
}
