/** What stands above the first message ever said in a channel, and alone in an empty one. */
export function ChannelStart({ title }: { title: string }) {
  const isChannel = title.startsWith("#");
  return (
    <div className="px-4 pt-10 pb-4 md:px-5">
      <p className="text-title font-semibold text-strong">{isChannel ? `This is the start of ${title}` : title}</p>
      <p className="text-muted">
        {isChannel
          ? "Everyone in the channel reads what is said here, and can look it up later."
          : "This is the start of your conversation. Nobody else reads it."}
      </p>
    </div>
  );
}

const SKELETON_WIDTHS = ["w-2/5", "w-3/5", "w-1/2", "w-4/5", "w-1/3", "w-3/4", "w-1/4", "w-2/3"] as const;

/** Rows of the real measure while the first page is under way, shown when that takes long. */
export function SkeletonRows() {
  return (
    <div className="animate-late pb-4">
      <p className="sr-only">Loading messages</p>
      {SKELETON_WIDTHS.map((width) => (
        <div key={width} aria-hidden="true" className="flex gap-2 px-4 pt-2 pb-0.5 md:px-5">
          <div className="size-9 shrink-0 rounded-sm bg-hover" />
          <div className="flex-1">
            <div className="my-1 h-3.5 w-28 rounded-sm bg-hover" />
            <div className={`my-1 h-3.5 rounded-sm bg-hover ${width}`} />
          </div>
        </div>
      ))}
    </div>
  );
}

/** Says why messages are missing, and offers to ask again. */
export function Trouble({ sentence, onRetry }: { sentence: string; onRetry: () => void }) {
  return (
    <div className="flex flex-wrap items-center justify-center gap-x-3 px-4 py-3 text-meta text-muted">
      <span>{sentence}</span>
      <button
        type="button"
        onClick={onRetry}
        className="target rounded-sm font-medium text-accent underline underline-offset-2"
      >
        Try again
      </button>
    </div>
  );
}

interface JumpProps {
  /** How many messages came below the view. */
  unseen: number;
  onJump: () => void;
}

/** Brings a reader who has scrolled up back to the newest message. */
export function JumpButton({ unseen, onJump }: JumpProps) {
  const name = unseen === 0 ? "Jump to latest" : unseen === 1 ? "1 new message" : `${unseen} new messages`;
  return (
    <button
      type="button"
      onClick={onJump}
      className={`absolute bottom-3 left-1/2 z-20 inline-flex min-h-11 -translate-x-1/2 items-center gap-1.5 rounded-full px-4 text-meta font-medium shadow-float md:min-h-8 ${unseen === 0 ? "bg-raised text-strong hover:bg-hover" : "bg-accent text-on-accent hover:bg-accent-strong"}`}
    >
      {name}
      <span aria-hidden="true">↓</span>
    </button>
  );
}
