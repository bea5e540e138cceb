import { readFile, writeFile } from "node:fs/promises";
import { must, say } from "./command.mjs";
import { fingerprint } from "./fingerprint.mjs";

const STAMP = "lib/db/generated/fingerprint";

/** Generates the Prisma client if the schema, or Prisma itself, is not the one that the present client came from. */
export async function generateClient() {
  const wanted = await fingerprint(["prisma/schema.prisma", "node_modules/prisma/package.json"]);
  if ((await readFile(STAMP, "utf8").catch(() => "")) === wanted) return;
  say("Generating the database client");
  await must("Generating the database client", process.execPath, ["node_modules/prisma/build/index.js", "generate"], {
    quiet: true,
  });
  await writeFile(STAMP, wanted);
}
