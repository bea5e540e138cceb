/** `npm run lint`: style and common faults, who imports whom, and the floor under every dependency. */
import { main, must } from "./launch/command.mjs";
import { install } from "./launch/install.mjs";

await main(async () => {
  await install();
  await must("Biome", process.execPath, ["node_modules/@biomejs/biome/bin/biome", "check"]);
  const modules = ["app", "bin", "lib", "bench", "server.ts"];
  const cruiser = [
    "--import",
    "./bin/launch/cruise-tsx.mjs",
    "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
    "--config",
    ".dependency-cruiser.cjs",
  ];
  await must("The import check", process.execPath, [...cruiser, ...modules]);
  await must("The floor check", process.execPath, ["bin/floor-check.mjs"]);
});
