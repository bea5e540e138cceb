const GROUNDS = [
  "bg-person-1",
  "bg-person-2",
  "bg-person-3",
  "bg-person-4",
  "bg-person-5",
  "bg-person-6",
  "bg-person-7",
  "bg-person-8",
] as const;

const SIZES = { small: "size-6 text-[0.625rem]", row: "size-8 text-small", message: "size-9 text-meta" } as const;

/** The same account has the same colour everywhere. The last characters of a UUIDv7 are its random ones. */
function groundOf(id: string): string {
  let sum = 0;
  for (const letter of id.slice(-8)) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0;
  return GROUNDS[sum % GROUNDS.length] ?? GROUNDS[0];
}

/** Up to two letters: the first of the first word, and of the last. */
function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => word !== "");
  const first = [...(words[0] ?? "?")][0] ?? "?";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toUpperCase();
}

interface AvatarProps {
  /** The account's id, which fixes the colour. */
  id: string;
  name: string;
  size?: keyof typeof SIZES;
}

/** A person's initials on a colour of their own. The name always stands beside it, so it is hidden from readers. */
export function Avatar({ id, name, size = "message" }: AvatarProps) {
  return (
    <span
      aria-hidden="true"
      className={`inline-flex shrink-0 items-center justify-center rounded-sm font-semibold text-on-person select-none ${groundOf(id)} ${SIZES[size]}`}
    >
      {initialsOf(name)}
    </span>
  );
}
