/** One figure of a benchmark, and whether it clears its bar. A figure without a bar is there to be known. */
export interface Verdict {
  what: string;
  measured: string;
  bar: string;
  passed: boolean;
}

export function atLeast(what: string, value: number, bar: number, unit = ""): Verdict {
  return { what, measured: figure(value, unit), bar: `at least ${figure(bar, unit)}`, passed: value >= bar };
}

export function atMost(what: string, value: number, bar: number, unit = ""): Verdict {
  return { what, measured: figure(value, unit), bar: `at most ${figure(bar, unit)}`, passed: value <= bar };
}

export function toKnow(what: string, value: number, unit = ""): Verdict {
  return { what, measured: figure(value, unit), bar: "", passed: true };
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
