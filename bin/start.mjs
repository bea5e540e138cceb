/** `npm start`: whatever is missing is made, then the server runs in this very process. */
import { build } from "./launch/build.mjs";
import { main } from "./launch/command.mjs";
import { generateClient } from "./launch/generate.mjs";
import { install } from "./launch/install.mjs";

await main(async () => {
  await install();
  await generateClient();
  await build();
  process.env.NODE_ENV = "production";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  await import("../build/server.js");
});
