import { parseArgs } from "node:util";
import { type SeedOptions, SeedRefused } from "@/bin/seed/fill";

export const USAGE = `Usage: npm run seed -- [options]
  --accounts N      accounts to add (20)
  --channels M      public channels the workspace is to have, #general and #random included (8)
  --messages K      messages to add (10000)
  --tokens FILE     write an access token for each new account to FILE, a JSON line each
  --workspace SLUG  the workspace to fill (the oldest; on an empty database it is made)
  --seed NUMBER     what the talk is drawn from: the same number makes the same talk (1)
  --force           also fill a workspace in which people have written`;

/** @throws SeedRefused naming what is wrong with the command line */
export function seedOptions(args: string[]): SeedOptions {
  const { values } = parsed(args);
  return {
    accounts: whole("accounts", values.accounts ?? "20"),
    channels: whole("channels", values.channels ?? "8"),
    messages: whole("messages", values.messages ?? "10000"),
    tokens: values.tokens,
    workspace: values.workspace,
    seed: whole("seed", values.seed ?? "1"),
    force: values.force ?? false,
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        accounts: { type: "string" },
        channels: { type: "string" },
        messages: { type: "string" },
        tokens: { type: "string" },
        workspace: { type: "string" },
        seed: { type: "string" },
        force: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new SeedRefused(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

function whole(name: string, value: string): number {
  const digits = value.replaceAll(/[_,](?=\d{3})/g, "");
  if (!/^\d{1,9}$/.test(digits)) throw new SeedRefused(`--${name} must be a whole number, and is ${value}.`);
  return Number(digits);
}
