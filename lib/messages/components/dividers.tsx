/** Names a day above its messages, and stays at the top while they pass. */
export function DayDivider({ name }: { name: string }) {
  return (
    <div className="pointer-events-none sticky top-0 z-10 flex h-10 items-center justify-center">
      <hr aria-label={name} className="sr-only" />
      <span
        aria-hidden="true"
        className="rounded-full border border-hairline bg-canvas px-3 py-0.5 text-small font-medium text-muted"
      >
        {name}
      </span>
    </div>
  );
}

/** Stands above the first message that was unread when the channel was opened. */
export function UnreadLine() {
  return (
    <div className="flex h-6 items-center gap-2 px-4 text-danger md:px-5">
      <hr aria-label="New messages" className="h-px flex-1 border-0 bg-danger" />
      <span aria-hidden="true" className="text-small font-semibold">
        New messages
      </span>
    </div>
  );
}

/** Stands between what began a thread and what was answered. */
export function RepliesDivider({ replies }: { replies: number }) {
  return (
    <div className="mx-4 my-2 flex items-center gap-3 text-small text-muted md:mx-5">
      <span>{replies === 0 ? "No replies yet" : replies === 1 ? "1 reply" : `${replies} replies`}</span>
      <span className="h-px flex-1 bg-hairline" />
    </div>
  );
}
