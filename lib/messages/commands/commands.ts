import type { Command } from "@/lib/messages/commands/command";

/** Every command, as the list of choices shows them. */
export const COMMANDS: readonly Command[] = [
  {
    name: "me",
    takes: "does something",
    does: "Says what you do",
    run: ({ send }, rest) => (rest === "" ? "Say what you do: /me waves." : said(send, `/me ${rest}`)),
  },
  {
    name: "shrug",
    takes: "a text",
    does: "Adds ¯\\_(ツ)_/¯",
    run: ({ send }, rest) => said(send, `${rest} ¯\\\\\\_(ツ)\\_/¯`.trim()),
  },
  {
    name: "topic",
    takes: "a text",
    does: "Sets what the channel is about",
    run: async ({ setTopic }, rest) => done(setTopic(rest)),
  },
  {
    name: "invite",
    takes: "@somebody",
    does: "Adds somebody to the channel",
    run: async ({ invite }, rest) => (rest === "" ? "Say whom: /invite @name." : done(invite(rest.replace(/^@/, "")))),
  },
  { name: "leave", takes: "", does: "Leaves the channel", run: async ({ leave }) => done(leave()) },
];

function said(send: (body: string) => void, body: string): null {
  send(body);
  return null;
}

async function done(doing: Promise<void>): Promise<string | null> {
  return await doing.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : "This could not be done. Try again."),
  );
}
