import { Check } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useFreshChannels } from "@/lib/channels/channel.hooks";
import { fuzzyBest } from "@/lib/shared/fuzzy";
import { Avatar } from "@/lib/ui/avatar";
import { TextField } from "@/lib/ui/text-field";
import { useWorkspace } from "@/lib/workspaces/workspace.hooks";

const SHOWN = 50;

interface PeoplePickerProps {
  chosen: readonly string[];
  most: number;
  /** Those who cannot be chosen, as they are in already. */
  without?: readonly string[];
  markOf: (accountId: string) => ReactNode;
  onChange: (chosen: string[]) => void;
}

/** The other people of the workspace, found by name and chosen one by one. */
export function PeoplePicker({ chosen, most, without = [], markOf, onChange }: PeoplePickerProps) {
  const members = useWorkspace((state) => state.members);
  const me = useWorkspace((state) => state.me.id);
  useFreshChannels();
  const [sought, setSought] = useState("");
  const others = [...members.values()]
    .filter(({ id }) => id !== me && !without.includes(id))
    .sort((one, other) => one.displayName.localeCompare(other.displayName));
  const found = fuzzyBest(others, sought.trim(), (one) => [one.displayName, one.username], SHOWN);
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(-most));

  return (
    <>
      <TextField
        label="Find by name"
        type="search"
        value={sought}
        onChange={(event) => setSought(event.target.value)}
        onKeyDown={(event) => {
          // Enter chooses the first that fits; in an empty field it goes on.
          if (event.key !== "Enter" || sought.trim() === "" || found[0] === undefined) return;
          event.preventDefault();
          toggle(found[0].id);
          setSought("");
        }}
        autoComplete="off"
      />
      <p role="status" className="text-meta text-muted">
        {chosen.length === 0
          ? "Nobody is chosen."
          : chosen.map((id) => members.get(id)?.displayName ?? "Somebody").join(", ")}
      </p>
      <ul className="max-h-72 overflow-y-auto">
        {found.map((member) => {
          const isChosen = chosen.includes(member.id);
          return (
            <li key={member.id}>
              <button
                type="button"
                aria-pressed={isChosen}
                onClick={() => toggle(member.id)}
                className="flex min-h-11 w-full items-center gap-3 rounded-sm px-2 text-start hover:bg-hover"
              >
                <Avatar id={member.id} name={member.displayName} size="row" />
                <span className="min-w-0 grow">
                  <bdi className="block truncate font-medium text-strong">{member.displayName}</bdi>
                  <span className="block truncate text-small text-muted">@{member.username}</span>
                </span>
                {markOf(member.id)}
                <Check
                  aria-hidden="true"
                  size={16}
                  strokeWidth={2}
                  className={isChosen ? "shrink-0 text-accent" : "invisible shrink-0"}
                />
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
