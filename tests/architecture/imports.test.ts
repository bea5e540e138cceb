import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** What dependency-cruiser says of a tree, by the rules of this house. */
function violations(folder: string): { rule: string; from: string }[] {
  const root = join(__dirname, "../..");
  const { stdout } = spawnSync(
    process.execPath,
    [
      "--import",
      join(root, "bin/launch/cruise-tsx.mjs"),
      join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs"),
      "--config",
      join(root, ".dependency-cruiser.cjs"),
      "--output-type",
      "json",
      "lib",
    ],
    { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  const report: { summary: { violations: { rule: { name: string }; from: string }[] } } = JSON.parse(stdout);
  return report.summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
}

describe("who may import whom", () => {
  it("holds throughout the house", () => {
    expect(violations(join(__dirname, "../.."))).toEqual([]);
  });

  it.each([
    ["auth-knows-no-later-feature", "lib/auth/account.service.ts"],
    ["browser-files-reach-no-server-file", "lib/messages/components/composer.tsx"],
    ["shared-knows-no-feature", "lib/shared/setting.ts"],
    ["the-engine-knows-no-feature", "lib/realtime/publish.ts"],
    ["queries-write-nothing", "lib/channels/channel.queries.ts"],
  ])("%s: a planted import is found", (rule, from) => {
    expect(violations(join(__dirname, "planted"))).toContainEqual({ rule, from });
  });
});
