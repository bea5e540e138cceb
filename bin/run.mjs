/** `node bin/run.mjs FILE.ts [ARGUMENTS]`: runs one of our TypeScript programs once what it needs is there. */
import { main, run } from "./launch/command.mjs";
import { generateClient } from "./launch/generate.mjs";
import { install } from "./launch/install.mjs";

await main(async () => {
  await install();
  await generateClient();
  process.exitCode = await run(process.execPath, ["--import", "tsx", ...process.argv.slice(2)]);
});
