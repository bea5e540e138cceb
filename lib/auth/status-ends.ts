/** How long a status can hold, as it is said. */
export const LASTING = {
  never: "I change it",
  halfHour: "In 30 minutes",
  hour: "In an hour",
  today: "The end of today",
  week: "The end of this week",
} as const;

export type Lasting = keyof typeof LASTING;

/** When a status that is set at `now` ends, in the zone of the device. A week ends with its Sunday. */
export function endOf(lasting: Lasting, now: Date): string | null {
  const end = new Date(now);
  switch (lasting) {
    case "never":
      return null;
    case "halfHour":
      end.setMinutes(end.getMinutes() + 30);
      break;
    case "hour":
      end.setHours(end.getHours() + 1);
      break;
    case "today":
      end.setHours(24, 0, 0, 0);
      break;
    case "week":
      end.setDate(end.getDate() + ((7 - end.getDay()) % 7));
      end.setHours(24, 0, 0, 0);
      break;
  }
  return end.toISOString();
}
