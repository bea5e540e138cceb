import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** What tests/cluster puts before and between two nodes. */
const SERVERS = ["nginx", "redis-server"];

/** Where Debian keeps servers that an ordinary user's PATH leaves out. */
const ALSO = ["/usr/sbin", "/usr/local/sbin"];

/** Those that this machine lacks. */
export async function missingServers() {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...ALSO];
  const found = await Promise.all(SERVERS.map((name) => isInOneOf(folders, name)));
  return SERVERS.filter((_, place) => !found[place]);
}

async function isInOneOf(folders, name) {
  const attempts = folders.map((folder) => access(join(folder, name), constants.X_OK));
  return await Promise.any(attempts).then(
    () => true,
    () => false,
  );
}
