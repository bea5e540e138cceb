interface AlsoInChannelProps {
  title: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** Lets a reply stand in the channel as well, so that a thread hides nothing. */
export function AlsoInChannel({ title, checked, onChange }: AlsoInChannelProps) {
  return (
    <label className="flex min-h-11 items-center gap-2 px-1 text-meta md:min-h-8">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className="size-4 shrink-0 accent-accent"
      />
      <span className="truncate">
        Also send to <bdi>{title}</bdi>
      </span>
    </label>
  );
}
