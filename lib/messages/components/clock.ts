import { useSyncExternalStore } from "react";

/** Times and days as one reader sees them. Times given are ISO 8601. */
export interface Clock {
  /** "14:05", or "2:05 PM" where people write it so. */
  time(at: string): string;
  /** "2026-11-23": equal for moments of the same day in the reader's zone. */
  dayKey(at: string): string;
  /** "Monday, November 23", with the year where it is not this one. */
  dayName(at: string): string;
}

/**
 * The texts are put together from their parts, because the separators differ between the ICU data of servers and
 * browsers, and the first drawing must be the same in both.
 */
function makeClock(locale: string, timeZone: string): Clock {
  const times = new Intl.DateTimeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit" });
  const halves = times.resolvedOptions().hour12 === true;
  const hours = new Intl.DateTimeFormat("en", {
    timeZone,
    hour: halves ? "numeric" : "2-digit",
    minute: "2-digit",
    hourCycle: halves ? "h12" : "h23",
  });
  const days = new Intl.DateTimeFormat("en", {
    timeZone,
    weekday: "long",
    month: "long",
    day: "numeric",
    year: "numeric",
  });
  const keys = new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const keyOf = (at: string | number) => {
    const { year, month, day } = partsOf(keys, at);
    return `${year}-${month}-${day}`;
  };
  return {
    time(at) {
      const { hour, minute, dayPeriod } = partsOf(hours, at);
      return halves ? `${hour}:${minute} ${dayPeriod}` : `${hour}:${minute}`;
    },
    dayKey: keyOf,
    dayName(at) {
      const { weekday, month, day, year } = partsOf(days, at);
      const thisYear = keyOf(Date.now()).startsWith(`${year}-`);
      return `${weekday}, ${month} ${day}${thisYear ? "" : `, ${year}`}`;
    },
  };
}

function partsOf(
  format: Intl.DateTimeFormat,
  at: string | number,
): Partial<Record<Intl.DateTimeFormatPartTypes, string>> {
  return Object.fromEntries(format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
}

const clocks = new Map<string, Clock>();

function clockOf(locale: string, timeZone: string): Clock {
  const name = `${locale} ${timeZone}`;
  const clock = clocks.get(name) ?? makeClock(locale, timeZone);
  clocks.set(name, clock);
  return clock;
}

const never = () => () => {};

/** The clock of the browser's zone; while the server's page is taken over, that of the zone it was drawn in. */
export function useClock(locale: string, serverZone: string): Clock {
  const zone = useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => serverZone,
  );
  return clockOf(locale, zone);
}

/** "Today", "Yesterday" or null for another day. Null while the server's page is taken over. */
export function useNearDay(): (clock: Clock, at: string) => string | null {
  const mounted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (clock, at) => {
    if (!mounted) return null;
    const day = clock.dayKey(at);
    const now = Date.now();
    if (day === clock.dayKey(new Date(now).toISOString())) return "Today";
    return day === clock.dayKey(new Date(now - 86_400_000).toISOString()) ? "Yesterday" : null;
  };
}
