/** `npm run setup`: all that `npm start` needs, without starting. May be run again at any time. */
import { build } from "./launch/build.mjs";
import { main, say } from "./launch/command.mjs";
import { generateClient } from "./launch/generate.mjs";
import { install } from "./launch/install.mjs";

await main(async () => {
  await install();
  await generateClient();
  await build();
  say("Parley is set up: npm start");
});
