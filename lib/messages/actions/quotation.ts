const MOST_QUOTED = 1_000;

interface Quoted {
  body: string;
  authorName: string;
  address: string;
}

/** A message as a Markdown blockquote that says whose it is and leads back to it. */
export function quotation({ body, authorName, address }: Quoted): string {
  const letters = [...body.trim()];
  const text = letters.length > MOST_QUOTED ? `${letters.slice(0, MOST_QUOTED).join("")}…` : letters.join("");
  const lines = text.split(/\r?\n/).map((line) => `> ${line}`.trimEnd());
  // What could end the link's text early is taken at its word.
  const name = authorName.replaceAll(/[\\[\]()*_`<>]/g, String.raw`\$&`);
  return [...lines, ">", `> — [${name}](${address})`, "", ""].join("\n");
}
