import { readFileSync } from "node:fs";
import { parseSettings } from "@/lib/shared/settings";

const compose = readFileSync("deploy/compose.yaml", "utf8");
const nodes = readFileSync("deploy/nodes.conf", "utf8");
const example = readFileSync("deploy/.env.example", "utf8");
const dockerfile = readFileSync("deploy/Dockerfile", "utf8");

/** What compose.yaml gives every node, with each variable of the operator's filled in. */
function nodeEnvironment(): Record<string, string> {
  const node = compose.slice(compose.indexOf("x-node:"), compose.indexOf("services:"));
  const filled = node.replaceAll(/\$\{(\w+):\?\}/g, (_, name) => VALUES[name] ?? "");
  return Object.fromEntries(
    [...filled.matchAll(/^ {4}([A-Z][A-Z0-9_]+): (.+)$/gm)].map(([, name, value]) => [name, value]),
  );
}

const VALUES: Record<string, string | undefined> = {
  PUBLIC_URL: "https://chat.example",
  AUTH_SECRET: "5e1f".repeat(16),
  POSTGRES_PASSWORD: "ab12",
  REDIS_PASSWORD: "cd34",
};

describe("deploy/compose.yaml", () => {
  it("gives the nodes settings that Parley knows and takes", () => {
    const environment = nodeEnvironment();
    const names = ["AUTH_SECRET", "DATABASE_URL", "PUBLIC_URL", "REDIS_URL", "TRUSTED_PROXIES"];
    expect(Object.keys(environment).sort()).toEqual(names);
    expect(parseSettings(environment)).toMatchObject({
      publicUrl: "https://chat.example",
      databaseUrl: "postgresql://parley:ab12@postgres:5432/parley",
      redisUrl: "redis://parley:cd34@redis:6379",
      trustedProxies: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"],
    });
  });

  it("asks for no variable that .env.example does not name, and the other way round", () => {
    const asked = new Set([...compose.matchAll(/\$\{(\w+)/g)].map(([, name]) => name));
    const named = new Set([...example.matchAll(/^(\w+)=/gm)].map(([, name]) => name));
    expect([...asked].sort()).toEqual([...named].sort());
    expect([...named].sort()).toEqual(Object.keys(VALUES).sort());
  });

  it("runs the nodes that nginx is told of", () => {
    const services = [...compose.matchAll(/^ {2}(node-\d+): \*node$/gm)].map(([, name]) => name);
    const upstreams = [...nodes.matchAll(/^server ([^:]+):3000 /gm)].map(([, name]) => name);
    expect(upstreams).toEqual(services);
    expect(services.length).toBeGreaterThanOrEqual(2);
  });
});

describe("deploy/Dockerfile", () => {
  it("sets only what Parley knows", () => {
    const set = Object.fromEntries(
      [...dockerfile.matchAll(/\b(DATA_DIR|PORT)=(\S+)/g)].map(([, name, value]) => [name, value]),
    );
    expect(parseSettings(set)).toMatchObject({ dataDir: "/data", port: 3000 });
  });

  it("is not run as root", () => {
    const users = [...dockerfile.matchAll(/^USER (\w+)$/gm)].map(([, name]) => name);
    expect(users).toEqual(["node"]);
  });
});
