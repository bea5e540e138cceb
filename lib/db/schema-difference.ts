import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from "@prisma/driver-adapter-utils";
import type { MigrationList } from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { type MigrationFile, migrationsFolder } from "@/lib/db/migration-files";
import { singleton } from "@/lib/shared/singleton";

const ENGINE = "@prisma/schema-engine-wasm/schema_engine_bg";
const NO_FILTERS = { externalTables: [], externalEnums: [] };

/**
 * The SQL that leads from the migrations to the Prisma schema `datamodel`, or null if they add up to it already.
 * For development and tests; the engine is Prisma's own as WebAssembly, because the native one must be downloaded.
 *
 * @param scratch an empty database, which is filled by the migrations
 */
export async function schemaDifference(
  scratch: pg.PoolConfig,
  migrations: MigrationFile[],
  datamodel: string,
): Promise<string | null> {
  const pool = new pg.Pool(scratch);
  // Its JavaScript half holds one program at a time, so a second load would break what uses the first.
  const { SchemaEngine } = await singleton("db.schema-engine", loadEngine);
  const adapter = bindMigrationAwareSqlAdapterFactory(adapterFactory(pool));
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
  try {
    const difference = await engine.diff({
      from: { tag: "migrations", ...migrationList(migrations) },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: datamodel }] },
      script: true,
      exitCode: true,
      filters: NO_FILTERS,
    });
    return difference.exitCode === 0 ? null : difference.stdout;
  } finally {
    engine.free();
    await pool.end();
  }
}

async function loadEngine() {
  const engine = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  // Where the engine leaves its last words; without it a panic is a TypeError.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (words: string) => console.error(words) } });
  const folder = dirname(createRequire(join(process.cwd(), "package.json")).resolve(ENGINE));
  const program = await WebAssembly.compile(await readFile(join(folder, "schema_engine_bg.wasm")));
  const { exports } = await WebAssembly.instantiate(program, { "./schema_engine_bg.js": { ...engine } });
  engine.__wbg_set_wasm(exports);
  if (typeof exports.__wbindgen_start === "function") exports.__wbindgen_start();
  return engine;
}

/**
 * Prisma's adapter with two of its faults mended: it cuts a script at every semicolon, also inside a function's body,
 * and it cannot read the catalog's "char" columns, which the engine asks for.
 */
function adapterFactory(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const connect = async () => {
    const adapter = await new PrismaPg(pool).connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    return Object.assign(adapter, {
      queryRaw: (query: SqlQuery) => queryRaw({ ...query, sql: readable(query.sql) }),
      executeScript: async (script: string) => {
        await pool.query(script);
      },
    });
  };
  return { provider: "postgres", adapterName: "parley", connect, connectToShadowDb: connect };
}

/** Also without Postgres 18's NOT NULL constraints, a kind that this engine does not know yet. */
function readable(sql: string): string {
  return sql
    .replace("constr.contype AS", "constr.contype::text AS")
    .replace("contype NOT IN ('p', 'u', 'f')", "contype NOT IN ('p', 'u', 'f', 'n')")
    .replace(/con1\.(confdeltype|confupdtype),/g, "con1.$1::text AS $1,");
}

function migrationList(files: MigrationFile[]): MigrationList {
  return {
    baseDir: migrationsFolder(),
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: files.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
    })),
  };
}
