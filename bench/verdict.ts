/** One figure of a benchmark, and the bar that it must clear. A figure without a bar is there to be known. */
export interface Verdict {
  what: string;
  value: number;
  unit: string;
  bar: { at: "least" | "most"; value: number } | null;
  passed: boolean;
}

export function atLeast(what: string, value: number, bar: number, unit = ""): Verdict {
  return { what, value, unit, bar: { at: "least", value: bar }, passed: value >= bar };
}

export function atMost(what: string, value: number, bar: number, unit = ""): Verdict {
  return { what, value, unit, bar: { at: "most", value: bar }, passed: value <= bar };
}

export function toKnow(what: string, value: number, unit = ""): Verdict {
  return { what, value, unit, bar: null, passed: true };
}

/** The figure as people read it, and its bar or nothing. */
export function written({ value, unit, bar }: Verdict): { measured: string; goal: string } {
  return { measured: figure(value, unit), goal: bar === null ? "" : `at ${bar.at} ${figure(bar.value, unit)}` };
}

/** @throws RangeError for no values */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  const next = sorted[Math.ceil((sorted.length - 1) / 2)];
  if (middle === undefined || next === undefined) throw new RangeError("There is no median of nothing.");
  return (middle + next) / 2;
}

function figure(value: number, unit: string): string {
  const text =
    Math.abs(value) >= 1_000 ? Math.round(value).toLocaleString("en") : Number(value.toPrecision(3)).toString();
  return unit === "" ? text : `${text} ${unit}`;
}
