import { slugFrom } from "@/lib/workspaces/workspace.service";

describe("a workspace's slug", () => {
  it.each([
    ["Café Team!", "cafe-team"],
    ["  Parley  ", "parley"],
    ["日本語", "team"],
    ["API", "team"],
    ["--", "team"],
    [`${"long ".repeat(20)}`, "long-long-long-long-long-long-long-long"],
  ])("of %j is %s", (name, slug) => {
    expect(slugFrom(name)).toBe(slug);
  });
});
