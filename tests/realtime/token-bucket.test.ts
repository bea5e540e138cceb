import { TokenBuckets } from "@/lib/realtime/token-bucket";

describe("token bucket", () => {
  let now = 0;
  const buckets = () => new TokenBuckets(20, 10_000, () => now);

  beforeEach(() => {
    now = 0;
  });

  it("lets a burst of its capacity through, and then says how long to wait", () => {
    const limit = buckets();
    for (let sent = 0; sent < 20; sent += 1) expect(limit.take("ada")).toBe(0);
    expect(limit.take("ada")).toBe(500);
  });

  it("refills evenly", () => {
    const limit = buckets();
    for (let sent = 0; sent < 20; sent += 1) limit.take("ada");
    now = 1_000;
    expect([limit.take("ada"), limit.take("ada"), limit.take("ada")]).toEqual([0, 0, 500]);
  });

  it("counts each key for itself", () => {
    const limit = buckets();
    for (let sent = 0; sent < 20; sent += 1) limit.take("ada");
    expect(limit.take("brook")).toBe(0);
  });

  it("forgets only buckets that are full again", () => {
    const limit = buckets();
    for (let sent = 0; sent < 20; sent += 1) limit.take("ada");
    now = 5_000;
    limit.sweep();
    for (let sent = 0; sent < 10; sent += 1) limit.take("ada");
    expect(limit.take("ada")).toBeGreaterThan(0);
  });
});
