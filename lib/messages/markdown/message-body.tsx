import type { ReactNode } from "react";
import { CodeBlock } from "@/lib/messages/markdown/code-block";
import { isEmojiOnly } from "@/lib/messages/markdown/emoji-only";
import { Folded } from "@/lib/messages/markdown/folded";
import { Formula, FormulaBlock } from "@/lib/messages/markdown/formula";
import { isLong } from "@/lib/messages/markdown/long-body";
import { parseMarkdown } from "@/lib/messages/markdown/parse";
import { Spoiler } from "@/lib/messages/markdown/spoiler";
import type { Alignment, Block, Inline, ListItem, Table } from "@/lib/messages/markdown/tree";
import { CalledText } from "@/lib/messages/mentions/called-text";
import { MentionsContext } from "@/lib/messages/mentions/mentions-context";

/** Marks piled upon one letter end a line further, and do not paint over what others said. */
const WITHIN = "overflow-clip [overflow-clip-margin:0.5rem]";

/** A heading in a conversation is a loud line, not the title of a page. */
const LOUDNESS: Record<number, string> = { 1: "text-title font-semibold", 2: "font-semibold", 3: "font-medium" };
const QUIET = "font-medium text-meta";

/** What scrolls must be reachable by keyboard, though nothing in it is pressed. */
const REACHABLE = { tabIndex: 0 };

const ALIGNED = { left: "text-left", center: "text-center", right: "text-right" };

const NOBODY: readonly string[] = [];

interface MessageBodyProps {
  body: string;
  /** Whom it calls: account ids, "channel" and "here". */
  mentions?: readonly string[];
  /** Whether it is shown whole however long it is, as when somebody was sent to it. */
  unfolded?: boolean;
  /** Stands behind the last line. */
  after?: ReactNode;
}

/** A message's text, drawn from its tree: nothing in it can become an element that is not named here. */
export function MessageBody({ body, mentions = NOBODY, unfolded = false, after = null }: MessageBodyProps) {
  const blocks = parseMarkdown(body);
  const size = isEmojiOnly(body) ? "text-[2rem]/[2.75rem]" : "";
  const drawn = (
    <div className={`flex flex-col gap-1 wrap-anywhere text-body ${size}`}>
      <MentionsContext value={mentions}>
        {blocks.map((block, index) => drawBlock(block, index, index === blocks.length - 1 ? after : null))}
      </MentionsContext>
      {holdsMore(blocks.at(-1)) ? null : after}
    </div>
  );
  return isLong(blocks) ? <Folded open={unfolded}>{drawn}</Folded> : drawn;
}

/** Whether something can stand behind a block's text in the same line. */
function holdsMore(block: Block | undefined): boolean {
  return block?.type === "paragraph" || block?.type === "heading";
}

function drawBlock(block: Block, index: number, after: ReactNode = null): ReactNode {
  const key = `${index}`;
  switch (block.type) {
    case "paragraph":
      return (
        <p key={key} dir="auto" className={`whitespace-pre-wrap ${WITHIN}`}>
          {block.children.map(drawInline)}
          {after}
        </p>
      );
    case "heading":
      return (
        <p
          key={key}
          dir="auto"
          className={`whitespace-pre-wrap text-strong ${LOUDNESS[block.depth] ?? QUIET} ${WITHIN}`}
        >
          {block.children.map(drawInline)}
          {after}
        </p>
      );
    case "code":
      return <CodeBlock key={key} language={block.language} text={block.text} />;
    case "quote":
      return (
        <blockquote key={key} className="flex flex-col gap-1 border-s-4 border-hairline ps-3 text-muted">
          {block.children.map((child, place) => drawBlock(child, place))}
        </blockquote>
      );
    case "list":
      return drawList(block.start, block.items, key);
    case "table":
      return <DrawnTable key={key} {...block} />;
    case "math":
      return <FormulaBlock key={key} tex={block.tex} />;
    case "rule":
      return <hr key={key} className="my-2 border-hairline" />;
  }
}

function drawList(start: number | null, items: ListItem[], key: string): ReactNode {
  return start === null ? (
    <ul key={key} dir="auto" className="list-disc ps-6">
      {items.map(drawItem)}
    </ul>
  ) : (
    <ol key={key} dir="auto" start={start} className="list-decimal ps-8">
      {items.map(drawItem)}
    </ol>
  );
}

function drawItem({ checked, children }: ListItem, index: number): ReactNode {
  const key = `${index}`;
  if (checked === null) return <li key={key}>{children.map((child, place) => drawBlock(child, place))}</li>;
  return (
    <li key={key} className="flex list-none gap-2">
      <Box checked={checked} />
      <div className="min-w-0">{children.map((child, place) => drawBlock(child, place))}</div>
    </li>
  );
}

/** A task's box. It shows what was written and cannot be pressed. */
function Box({ checked }: { checked: boolean }) {
  return (
    <span role="img" aria-label={checked ? "Done" : "To do"} className={checked ? "text-success" : "text-muted"}>
      {checked ? "☑" : "☐"}
    </span>
  );
}

/** A table scrolls in a box of its own, so that a wide one widens nothing. */
function DrawnTable({ align, header, rows }: Table) {
  const drawRow = (row: Inline[][], index: number) => (
    <tr key={`${index}`}>{row.map((cell, column) => drawCell("td", cell, align[column], `${column}`))}</tr>
  );
  return (
    <section {...REACHABLE} aria-label="Table" className="max-w-full self-start overflow-x-auto wrap-break-word">
      <table className="border-collapse">
        <thead>
          <tr>{header.map((cell, column) => drawCell("th", cell, align[column], `${column}`))}</tr>
        </thead>
        <tbody>{rows.map(drawRow)}</tbody>
      </table>
    </section>
  );
}

function drawCell(Cell: "th" | "td", cell: Inline[], align: Alignment | undefined, key: string) {
  const at = align === null || align === undefined ? "text-start" : ALIGNED[align];
  const look = Cell === "th" ? "bg-surface font-medium text-strong" : "";
  return (
    <Cell key={key} dir="auto" className={`max-w-80 border border-hairline px-2 py-1 align-top ${at} ${look}`}>
      {cell.map(drawInline)}
    </Cell>
  );
}

function drawInline(inline: Inline, index: number): ReactNode {
  const key = `${index}`;
  switch (inline.type) {
    case "text":
      return /[@#]/.test(inline.text) ? <CalledText key={key} text={inline.text} /> : inline.text;
    case "break":
      return <br key={key} />;
    case "strong":
      return (
        <strong key={key} className="font-semibold">
          {inline.children.map(drawInline)}
        </strong>
      );
    case "emphasis":
      return <em key={key}>{inline.children.map(drawInline)}</em>;
    case "deleted":
      return <del key={key}>{inline.children.map(drawInline)}</del>;
    case "spoiler":
      return <Spoiler key={key}>{inline.children.map(drawInline)}</Spoiler>;
    case "math":
      return <Formula key={key} tex={inline.tex} display={inline.display} />;
    case "code":
      return (
        <code key={key} className="rounded-sm border border-hairline bg-surface px-1 font-mono text-meta text-strong">
          {inline.text}
        </code>
      );
    case "link":
      return (
        <a
          key={key}
          href={inline.href}
          target="_blank"
          rel="noopener noreferrer nofollow ugc"
          className="text-accent underline underline-offset-2 hover:text-accent-strong"
        >
          {inline.children.map(drawInline)}
        </a>
      );
  }
}
