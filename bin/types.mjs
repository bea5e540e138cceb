/** `npm run types`: checks all types. Next's own are written first, from the pages that there are. */
import { main, must } from "./launch/command.mjs";
import { generateClient } from "./launch/generate.mjs";
import { install } from "./launch/install.mjs";

await main(async () => {
  await install();
  await generateClient();
  await must("Writing Next's types", process.execPath, ["node_modules/next/dist/bin/next", "typegen"], { quiet: true });
  await must("The type check", process.execPath, ["node_modules/typescript/bin/tsc", "--noEmit"]);
});
