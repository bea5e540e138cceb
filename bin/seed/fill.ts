import { ensureChannels, membersOf, shares } from "@/bin/seed/channels";
import { fillChannel } from "@/bin/seed/fill-channel";
import { makePeople, seededPeople } from "@/bin/seed/people";
import { randomOf } from "@/bin/seed/random";
import { writeTokens } from "@/bin/seed/tokens";
import {
  addWorkspaceMembers,
  findSeedWorkspace,
  foundWorkspace,
  hasAnyWorkspace,
  hasHumanMessages,
  type SeedWorkspace,
} from "@/bin/seed/workspace";
import { pool } from "@/lib/db/database";

export interface SeedOptions {
  /** Accounts to add. */
  accounts: number;
  /** Public channels that the workspace is to have in all, the default ones included. */
  channels: number;
  /** Messages to add. */
  messages: number;
  /** The file for the new accounts' tokens; none are made where it is not given. */
  tokens?: string | undefined;
  /** The slug of the workspace; the oldest one, where it is not given. */
  workspace?: string | undefined;
  /** Also fill a workspace in which people have written. */
  force: boolean;
  /** What the talk is drawn from: the same number makes the same talk. */
  seed: number;
}

export interface Seeded {
  workspace: SeedWorkspace;
  /** How long the messages took, with all that keeps them consistent. */
  seconds: number;
}

/** The seed will not do that. `message` is the one line to print. */
export class SeedRefused extends Error {}

const TWO_YEARS_MS = 2 * 365 * 24 * 3_600_000;

/**
 * Fills a workspace with people and what they say. The database must be open and migrated.
 *
 * @param say tells the operator what the wait is for
 * @throws SeedRefused where it would mix with what people wrote, or nobody is there to speak
 */
export async function fill(options: SeedOptions, say: (step: string) => void): Promise<Seeded> {
  const now = Date.now();
  const since = new Date(now - TWO_YEARS_MS);
  const found = await findSeedWorkspace(options.workspace);
  await checkTarget(options, found);

  say(`Making ${options.accounts} accounts`);
  const newcomers = await makePeople(randomOf(options.seed, "people"), options.accounts, since);
  const workspace = found ?? (await foundWorkspace(newcomers, options.workspace));
  await addWorkspaceMembers(workspace.id, newcomers, since);
  if (options.tokens !== undefined) await writeTokens(newcomers, options.tokens);

  const people = await seededPeople(workspace.id);
  if (people.length === 0 && options.messages > 0) throw new SeedRefused("Nobody is there to speak: add --accounts.");
  const began = performance.now();
  const channels = await ensureChannels(workspace.id, options.channels);
  const counts = shares(options.messages, channels.length);
  for (const [index, channel] of channels.entries()) {
    const count = counts[index] ?? 0;
    say(`Filling #${channel.name} with ${count} messages`);
    const members = membersOf(randomOf(options.seed, `members of ${channel.name}`), channel, people);
    await fillChannel({ seed: options.seed, channel, people: members, count, from: since.getTime(), to: now });
  }
  await pool().query("ANALYZE messages, channel_members, channels, membership_changes");
  return { workspace, seconds: (performance.now() - began) / 1000 };
}

async function checkTarget(options: SeedOptions, found: SeedWorkspace | null): Promise<void> {
  if (found === null) {
    if (await hasAnyWorkspace()) throw new SeedRefused(`There is no workspace ${options.workspace}.`);
    if (options.accounts === 0)
      throw new SeedRefused("There is no workspace, and nobody to found one: add --accounts.");
    return;
  }
  if (!options.force && (await hasHumanMessages(found.id))) {
    throw new SeedRefused(
      `People have written in ${found.slug}: the seed would mix with it. Add --force if that is meant.`,
    );
  }
}
