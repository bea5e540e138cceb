/** `npm run dev`: the server from its sources, started again when one that it imports changes; pages reload hot. */
import { main, run } from "./launch/command.mjs";
import { generateClient } from "./launch/generate.mjs";
import { install } from "./launch/install.mjs";

await main(async () => {
  await install();
  await generateClient();
  const watch = ["node_modules/tsx/dist/cli.mjs", "watch", "--clear-screen=false", "server.ts"];
  process.exitCode = await run(process.execPath, watch, { env: { NODE_ENV: "development" } });
});
