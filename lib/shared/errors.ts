/** Every code that an answer may carry, with its HTTP status. Clients branch on the code, never on the sentence. */
export const STATUS_OF = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  invalid: 422,
  rate_limited: 429,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof STATUS_OF;

/** Where an input is wrong. `path` joins keys with dots; empty means the input as a whole. */
export interface FieldError {
  path: string;
  message: string;
}

/** What a refused socket request is acknowledged with, under `error`. */
export interface ErrorBody {
  code: ErrorCode;
  message: string;
  retryAfterMs?: number;
  errors?: FieldError[];
}

/** A definite no: the request had no effect, and the sentence says what to do. Expected, so never logged as a fault. */
export class Refusal extends Error {
  /** Next's bundle and the server's hold two copies of this class, so `instanceof` lies; this mark does not. */
  readonly isRefusal = true;
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;
  readonly errors: FieldError[] | undefined;

  constructor(code: ErrorCode, message: string, more: { retryAfterMs?: number; errors?: FieldError[] } = {}) {
    super(message);
    this.name = "Refusal";
    this.code = code;
    this.retryAfterMs = more.retryAfterMs;
    this.errors = more.errors;
  }
}

export function isRefusal(error: unknown): error is Refusal {
  return typeof error === "object" && error !== null && "isRefusal" in error && error.isRefusal === true;
}

/** The wire form of any thrown value. What is not a Refusal becomes `unavailable`, and its text stays in the log. */
export function errorBody(error: unknown): ErrorBody {
  if (!isRefusal(error)) {
    return {
      code: "unavailable",
      message: "Parley could not do that just now, or could not say that it did. Look, and try again.",
    };
  }
  return {
    code: error.code,
    message: error.message,
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    ...(error.errors === undefined ? {} : { errors: error.errors }),
  };
}

/** One answer for what is absent and for what one may not see, so that neither can be told from the other. */
export function notFound(what: string): Refusal {
  return new Refusal("not_found", `${what} was not found. It may be gone, or you may not be a member of it.`);
}
