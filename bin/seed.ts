import { fill, type Seeded, SeedRefused } from "@/bin/seed/fill";
import { openBesideServer } from "@/bin/seed/open-database";
import { seedOptions } from "@/bin/seed/options";

const say = (step: string) => process.stdout.write(`${step}\n`);

async function run(): Promise<void> {
  const options = seedOptions(process.argv.slice(2));
  const close = await openBesideServer(say);
  try {
    const seeded = await fill(options, say);
    say(summary(options.messages, seeded));
  } finally {
    await close();
  }
}

function summary(messages: number, { workspace, seconds }: Seeded): string {
  const rate = Math.round(messages / seconds).toLocaleString("en");
  return `/${workspace.slug} has ${messages.toLocaleString("en")} more messages, written in ${seconds.toFixed(1)} s (${rate} a second)`;
}

run().catch((error: unknown) => {
  const known = error instanceof SeedRefused;
  process.stderr.write(`${known ? error.message : `The seed failed: ${String(error)}`}\n`);
  process.exitCode = 1;
});
