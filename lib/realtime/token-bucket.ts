/**
 * Token bucket: `capacity` at once, refilled evenly so that `capacity` come back in `refillMs`.
 *
 * It answers without waiting, which a limiter with a store behind it cannot: between two sends of one socket
 * nothing may be awaited, or they could change places.
 */
export class TokenBuckets {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(
    private readonly capacity: number,
    private readonly refillMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Takes one token of `key`. @returns 0 when there was one, else after how many ms there will be. */
  take(key: string): number {
    const at = this.now();
    const perMs = this.capacity / this.refillMs;
    const bucket = this.buckets.get(key) ?? { tokens: this.capacity, at };
    const tokens = Math.min(this.capacity, bucket.tokens + (at - bucket.at) * perMs);
    if (tokens < 1) return Math.ceil((1 - tokens) / perMs);
    this.buckets.set(key, { tokens: tokens - 1, at });
    return 0;
  }

  /** Forgets the keys whose bucket is full again. */
  sweep(): void {
    const fullSince = this.now() - this.refillMs;
    for (const [key, bucket] of this.buckets) if (bucket.at < fullSince) this.buckets.delete(key);
  }
}
