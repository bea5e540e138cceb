import { Fragment, useContext } from "react";
import { ChannelsContext, useChannels } from "@/lib/channels/channel.hooks";
import { channelAt, channelPath } from "@/lib/channels/channel-path";
import { mentionPieces } from "@/lib/messages/mentions/mention-text";
import { MentionsContext } from "@/lib/messages/mentions/mentions-context";
import { navigate } from "@/lib/ui/location";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

/** A text in which people and channels may be called. */
export function CalledText({ text }: { text: string }) {
  const mentions = useContext(MentionsContext);
  // Where a text is drawn by itself there is nobody to be called.
  if (useContext(ChannelsContext) === null) return text;
  if (mentions.length === 0 || !text.includes("@")) return <LinkedText text={text} />;
  return <PeopleText text={text} mentions={mentions} />;
}

function PeopleText({ text, mentions }: { text: string; mentions: readonly string[] }) {
  const members = useWorkspace((state) => state.members);
  const me = useWorkspace((state) => state.me.id);
  const calledBy = (name: string) => {
    const sought = name.normalize("NFKC").toLowerCase();
    if (mentions.includes(sought)) return sought;
    return mentions.find((id) => members.get(id)?.username.toLowerCase() === sought) ?? null;
  };
  return mentionPieces(text, calledBy).map((piece, index) => {
    const key = `${index}`;
    if (piece.called === null) return <LinkedText key={key} text={piece.text} />;
    const own = piece.called === me || piece.called === "channel" || piece.called === "here";
    const name = members.get(piece.called)?.displayName;
    return (
      <bdi
        key={key}
        title={piece.text}
        className={`rounded-sm px-0.5 font-medium ${own ? "bg-mention text-strong" : "bg-surface text-accent"}`}
      >
        {name === undefined ? piece.text : `@${name}`}
      </bdi>
    );
  });
}

const CHANNEL = /(?<![\p{L}\p{N}\p{M}_#/&])#([\p{L}\p{N}][\p{L}\p{N}\p{M}._-]{0,79})/gu;

/** Channels that the reader may see are links; what else begins with # is text. */
function LinkedText({ text }: { text: string }) {
  return text.includes("#") ? <ChannelText text={text} /> : text;
}

function ChannelText({ text }: { text: string }) {
  const channels = useChannels((state) => state);
  const slug = useWorkspace((state) => state.workspace.slug);
  const pieces: { key: string; text: string; href: string | null }[] = [];
  let done = 0;
  for (const match of text.matchAll(CHANNEL)) {
    const name = (match[1] ?? "").replace(/[._-]+$/, "");
    const channel = channelAt(encodeURIComponent(name), channels.values());
    if (channel === undefined || channel.kind === "direct") continue;
    pieces.push({ key: `${done}`, text: text.slice(done, match.index), href: null });
    pieces.push({ key: `#${match.index}`, text: `#${channel.name}`, href: channelPath(slug, channel) });
    done = match.index + 1 + name.length;
  }
  pieces.push({ key: `${done}`, text: text.slice(done), href: null });
  return pieces.map((piece) =>
    piece.href === null ? (
      <Fragment key={piece.key}>{piece.text}</Fragment>
    ) : (
      <ChannelLink key={piece.key} href={piece.href} name={piece.text} />
    ),
  );
}

function ChannelLink({ href, name }: { href: string; name: string }) {
  return (
    <a
      href={href}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
        event.preventDefault();
        navigate(href);
      }}
      className="rounded-sm font-medium text-accent hover:underline"
    >
      <bdi>{name}</bdi>
    </a>
  );
}
