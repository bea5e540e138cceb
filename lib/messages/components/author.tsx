import { Avatar } from "@/lib/ui/avatar";
import { useOpenProfile } from "@/lib/workspaces/profile.hooks";

interface AuthorProps {
  id: string;
  name: string;
}

/** An author's picture. Tab passes it by, as it does the name: who they are is among what can be done with the message. */
export function AuthorPicture({ id, name }: AuthorProps) {
  const open = useOpenProfile();
  if (open === null) return <Avatar id={id} name={name} />;
  return (
    <button
      type="button"
      tabIndex={-1}
      data-holdable=""
      aria-label={`Profile of ${name}`}
      onClick={() => open(id)}
      className="rounded-sm"
    >
      <Avatar id={id} name={name} />
    </button>
  );
}

export function AuthorName({ id, name }: AuthorProps) {
  const open = useOpenProfile();
  if (open === null) return <bdi className="truncate font-semibold text-strong">{name}</bdi>;
  return (
    <button
      type="button"
      tabIndex={-1}
      data-holdable=""
      onClick={() => open(id)}
      className="min-w-0 truncate font-semibold text-strong hover:underline"
    >
      <bdi>{name}</bdi>
    </button>
  );
}
