import { usePresence } from "@/lib/presence/presence.hooks";

const WORDS = { online: "Online", away: "Away", offline: "Offline" } as const;
const SHAPES = { online: "bg-success", away: "border-2 border-success", offline: "border border-field" } as const;

interface PresenceMarkProps {
  accountId: string;
  /** The dot alone is seen, where there is no room for the word; and for who is offline too, so that rows stand in line. */
  small?: boolean;
}

/** Says who is there by a word and a dot, which is hollow for who is away. */
export function PresenceMark({ accountId, small = false }: PresenceMarkProps) {
  const status = usePresence(accountId);
  if (status === "offline" && !small) return null;
  return (
    <span className="inline-flex items-center gap-1.5 text-small text-muted">
      <span aria-hidden="true" className={`size-2 rounded-full ${SHAPES[status]}`} />
      <span className={small ? "sr-only" : ""}>{WORDS[status]}</span>
    </span>
  );
}
