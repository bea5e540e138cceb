import { useIsOnline } from "@/lib/presence/presence.hooks";

/** A filled dot for who is online, an empty one of the same size for who is not, each with its word. */
export function PresenceDot({ accountId }: { accountId: string }) {
  const online = useIsOnline(accountId);
  return (
    <span className="inline-flex size-4 shrink-0 items-center justify-center">
      <span aria-hidden="true" className={`size-2 rounded-full ${online ? "bg-success" : "border border-field"}`} />
      <span className="sr-only">{online ? "Online: " : "Offline: "}</span>
    </span>
  );
}
