import { open } from "node:fs/promises";
import type { Person } from "@/bin/seed/people";
import { createToken } from "@/lib/auth/token.service";

/**
 * Makes a personal access token for each person and writes them to `file`, one `{"username", "token"}` a line,
 * readable by its owner only. What the file held before is gone.
 */
export async function writeTokens(people: readonly Person[], file: string): Promise<void> {
  const handle = await open(file, "w", 0o600);
  try {
    await handle.chmod(0o600);
    for (const { id, username } of people) {
      const { secret } = await createToken(id, "seed");
      await handle.write(`${JSON.stringify({ username, token: secret })}\n`);
    }
  } finally {
    await handle.close();
  }
}
