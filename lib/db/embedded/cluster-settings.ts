import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Address } from "@/lib/db/embedded/address";

/** The file that postgresql.conf includes. It is written anew at each start, so that an upgrade can change it. */
export const SETTINGS_FILE = "parley.conf";

/** Writes what Parley wants of its Postgres into the cluster's folder: durable, local, and modest in memory. */
export async function writeClusterSettings(cluster: string, address: Address): Promise<void> {
  const settings = {
    listen_addresses: address.kind === "tcp" ? "127.0.0.1" : "",
    unix_socket_directories: address.kind === "tcp" ? "" : address.folder,
    unix_socket_permissions: "0700",
    port: address.port,
    max_connections: 40,

    fsync: "on",
    synchronous_commit: "on",
    full_page_writes: "on",

    shared_buffers: "64MB",
    work_mem: "4MB",
    maintenance_work_mem: "64MB",
    max_wal_size: "1GB",
    wal_buffers: "8MB",
    io_method: "sync",
    autovacuum_max_workers: 2,
    max_worker_processes: 4,
    max_parallel_workers_per_gather: 0,
    max_wal_senders: 2,
    random_page_cost: "1.1",
    jit: "off",

    statement_timeout: "60s",
    idle_in_transaction_session_timeout: "30s",

    logging_collector: "off",
    log_destination: "stderr",
    log_line_prefix: "%m [%p] ",
    // Neither statements nor rows: what people wrote does not belong in a log.
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    log_checkpoints: "off",
    log_timezone: "UTC",
    timezone: "UTC",
    cluster_name: "parley",
  };
  const quoted = (value: string | number) => `'${String(value).replaceAll("'", "''")}'`;
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${quoted(value)}`);
  const text = [
    "# Written by Parley at each start. Settings of your own go below the include in postgresql.conf.",
    ...lines,
    "",
  ];
  await writeFile(join(cluster, SETTINGS_FILE), text.join("\n"));
}
