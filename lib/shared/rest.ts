import { type ErrorCode, type FieldError, Refusal, STATUS_OF } from "@/lib/shared/errors";

const CODE_OF_STATUS = new Map<number, ErrorCode>(
  Object.entries(STATUS_OF).flatMap(([code, status]) => (isCode(code) ? [[status, code]] : [])),
);

function isCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(STATUS_OF, code);
}

interface Problem {
  code?: unknown;
  detail?: string;
  errors?: FieldError[];
}

async function refusalOf(response: Response): Promise<Refusal> {
  const problem: Problem = await response.json().catch(() => ({}));
  const code = isCode(problem.code) ? problem.code : (CODE_OF_STATUS.get(response.status) ?? "unavailable");
  const retryAfter = Number(response.headers.get("retry-after"));
  return new Refusal(
    code,
    problem.detail ?? "Parley could not do that just now, or could not say that it did. Look, and try again.",
    {
      ...(retryAfter > 0 ? { retryAfterMs: retryAfter * 1000 } : {}),
      ...(problem.errors === undefined ? {} : { errors: problem.errors }),
    },
  );
}

/**
 * One call of the REST interface from the browser, with the session's cookie: `rest("PATCH", "/channels/…", {topic})`.
 * Returns the answer's JSON, or null where there is none; throws a Refusal for every other ending, `unavailable`
 * when the server could not be reached.
 */
export async function rest<T = unknown>(
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  body?: object,
): Promise<T> {
  const request: RequestInit =
    body === undefined
      ? { method }
      : { method, body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  const response = await fetch(`/api/v1${path}`, request).catch(() => {
    throw new Refusal(
      "unavailable",
      "Parley cannot be reached. Check the connection, look whether it was done, and try again.",
    );
  });
  if (!response.ok) throw await refusalOf(response);
  return JSON.parse((await response.text()) || "null");
}
