import type { ReactNode } from "react";
import { CodeBlock } from "@/lib/messages/markdown/code-block";
import { isEmojiOnly } from "@/lib/messages/markdown/emoji-only";
import { parseMarkdown } from "@/lib/messages/markdown/parse";
import type { Block, Inline, ListItem } from "@/lib/messages/markdown/tree";

/** Marks piled upon one letter end a line further, and do not paint over what others said. */
const WITHIN = "overflow-clip [overflow-clip-margin:0.5rem]";

/** A message's text, drawn from its tree: nothing in it can become an element that is not named here. */
export function MessageBody({ body, after = null }: { body: string; after?: ReactNode }) {
  const blocks = parseMarkdown(body);
  const size = isEmojiOnly(body) ? "text-[2rem]/[2.75rem]" : "";
  return (
    <div className={`flex flex-col gap-1 wrap-anywhere text-body ${size}`}>
      {blocks.map((block, index) => drawBlock(block, index, index === blocks.length - 1 ? after : null))}
      {holdsMore(blocks.at(-1)) ? null : after}
    </div>
  );
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
        <p key={key} dir="auto" className={`font-semibold whitespace-pre-wrap text-strong ${WITHIN}`}>
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

function drawInline(inline: Inline, index: number): ReactNode {
  const key = `${index}`;
  switch (inline.type) {
    case "text":
      return inline.text;
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
