import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "@/tests/support/free-port";
import { requireProgram } from "@/tests/support/programs";

/** Debian's nginx with Parley's own deploy/nginx.conf in front of some nodes. */
export interface Nginx {
  /** Where clients connect to. */
  origin: string;
  close(): Promise<void>;
}

/** Starts nginx on a free port; only the names of the nodes and the port differ from what deploy/ ships. */
export async function startNginx(nodes: readonly string[]): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), "parley-nginx-"));
  const port = await freePort();
  await copyFile("deploy/nginx.conf", join(folder, "nginx.conf"));
  await writeFile(
    join(folder, "nodes.conf"),
    nodes.map((node) => `server ${new URL(node).host} max_fails=1 fail_timeout=2s;\n`).join(""),
  );
  await writeFile(join(folder, "listen.conf"), `listen 127.0.0.1:${port};\n`);

  const globals = `daemon off; pid ${join(folder, "nginx.pid")};`;
  const args = ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", "stderr", "-g", globals];
  const server = spawn(requireProgram("nginx"), args, { stdio: ["ignore", "ignore", "pipe"] });
  let printed = "";
  server.stderr.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const origin = `http://127.0.0.1:${port}`;
  while (!(await answers(origin))) {
    if (server.exitCode !== null) throw new Error(`nginx ended before it was ready:\n${printed}`);
    await wait(20);
  }
  return {
    origin,
    async close() {
      const ended = once(server, "exit");
      server.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(origin: string): Promise<boolean> {
  return await fetch(`${origin}/healthz`).then(
    () => true,
    () => false,
  );
}
