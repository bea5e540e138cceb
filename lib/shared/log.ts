import pino, { type Logger } from "pino";
import { settings } from "@/lib/shared/settings";
import { singleton } from "@/lib/shared/singleton";

/** The process's structured log, one JSON line each, to stdout. Never a message body, a password, a token or a cookie. */
export function log(): Logger {
  return singleton("log", () =>
    pino({
      level: settings().logLevel,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ["*.password", "*.secret", "*.token", "*.body", "headers.cookie", "headers.authorization"],
    }),
  );
}
