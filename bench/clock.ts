/** Microseconds on the machine's monotonic clock, which all its processes read alike. */
export function micros(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}
