import { useIsOnline } from "@/lib/presence/presence.hooks";

/** Says who is online by a word and a filled dot; nothing for who is not. */
export function PresenceMark({ accountId }: { accountId: string }) {
  if (!useIsOnline(accountId)) return null;
  return (
    <span className="inline-flex items-center gap-1.5 text-small text-muted">
      <span aria-hidden="true" className="size-2 rounded-full bg-success" />
      Online
    </span>
  );
}
