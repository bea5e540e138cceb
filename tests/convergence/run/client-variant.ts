import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { openProductClient } from "@/tests/convergence/run/product-client";
import type { Replacement } from "@/tests/support/server-variant";

const FOLDER = "build/variants";

/**
 * The product's browser side with some places of its sources replaced, as server-variant.ts does it for the server.
 * @throws Error for a replacement whose text is not there exactly once
 */
export async function loadClientVariant(replacements: readonly Replacement[]): Promise<typeof openProductClient> {
  const unused = new Set(replacements);
  const result = await build({
    entryPoints: ["tests/convergence/run/product-client.ts"],
    bundle: true,
    write: false,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "silent",
    plugins: [
      {
        name: "replace-text",
        setup(building) {
          building.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
            const own = replacements.filter(({ file }) => file === relative(process.cwd(), path));
            if (own.length === 0) return undefined;
            for (const one of own) unused.delete(one);
            const contents = own.reduce(replaced, await readFile(path, "utf8"));
            return { contents, loader: "ts" };
          });
        },
      },
    ],
  });
  const [stale] = unused;
  if (stale !== undefined) throw new Error(`${stale.file} is no part of the client.`);
  const contents = result.outputFiles[0]?.contents ?? new Uint8Array();
  const folder = join(FOLDER, createHash("sha256").update(contents).digest("hex").slice(0, 16));
  await mkdir(folder, { recursive: true });
  const bundle = join(folder, "product-client.mjs");
  await writeFile(bundle, contents);
  const variant: { openProductClient: typeof openProductClient } = await import(pathToFileURL(resolve(bundle)).href);
  return variant.openProductClient;
}

function replaced(text: string, { file, find, replace }: Replacement): string {
  const parts = text.split(find);
  if (parts.length !== 2)
    throw new Error(`${file} holds this ${parts.length - 1} times, where once is needed:\n${find}`);
  return parts.join(replace);
}
