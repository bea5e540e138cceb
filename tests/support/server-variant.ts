import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { build, type Plugin } from "esbuild";

/** One place of a source that a variant has otherwise. `find` must stand in the file exactly once. */
export interface Replacement {
  file: string;
  find: string;
  replace: string;
}

/** The globals that replaced text may use: what this file exports. */
const LENT = "tests/support/failpoint.ts";
const FOLDER = "build/variants";

/**
 * Builds the server with some places of its sources replaced, so that the sources themselves hold nothing for tests.
 * What Next bundles (pages and REST) stays as it is.
 *
 * @returns the bundle, to be started in the project's root
 * @throws Error naming each replacement whose text is not there exactly once, or whose file is no part of the server
 */
export async function buildVariant(replacements: readonly Replacement[]): Promise<string> {
  const unused = new Set(replacements);
  const result = await build({
    entryPoints: ["server.ts"],
    bundle: true,
    write: false,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "silent",
    inject: [LENT],
    plugins: [replacing(replacements, unused)],
  });
  const stale = [...unused].map(({ file }) => `${file} is no part of the server.`);
  if (stale.length > 0) throw new Error(stale.join("\n"));
  return await keep(result.outputFiles[0]?.contents ?? new Uint8Array());
}

function replacing(replacements: readonly Replacement[], unused: Set<Replacement>): Plugin {
  return {
    name: "replace-text",
    setup(building) {
      building.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const file = relative(process.cwd(), path);
        const own = replacements.filter((one) => one.file === file);
        if (own.length === 0) return undefined;
        let contents = await readFile(path, "utf8");
        for (const replacement of own) {
          unused.delete(replacement);
          contents = replaced(contents, replacement);
        }
        return { contents, loader: "ts" };
      });
    },
  };
}

function replaced(text: string, { file, find, replace }: Replacement): string {
  const parts = text.split(find);
  if (parts.length !== 2) {
    throw new Error(`${file} holds this ${parts.length - 1} times, where a variant needs it once:\n${find}`);
  }
  return parts.join(replace);
}

/** Named by its content, so that no two variants share a file and no run waits for another. */
async function keep(contents: Uint8Array): Promise<string> {
  const folder = join(FOLDER, createHash("sha256").update(contents).digest("hex").slice(0, 16));
  await mkdir(folder, { recursive: true });
  const unfinished = join(folder, `${process.pid}-${performance.now()}.tmp`);
  await writeFile(unfinished, contents);
  const bundle = join(folder, "server.js");
  await rename(unfinished, bundle);
  return bundle;
}
