/** `npm run build`: the production build, unless it is up to date. */
import { build } from "./launch/build.mjs";
import { main } from "./launch/command.mjs";
import { generateClient } from "./launch/generate.mjs";
import { install } from "./launch/install.mjs";

await main(async () => {
  await install();
  await generateClient();
  await build();
});
