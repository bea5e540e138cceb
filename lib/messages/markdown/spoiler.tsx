import { type KeyboardEvent, type ReactNode, useState } from "react";

/** Once it is open there is nothing to press, and whoever opened it by keyboard stays where they are. */
const OPEN = { tabIndex: -1 };

/** Text that is hidden from eyes, pointers and screen readers until it is asked for. */
export function Spoiler({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState(false);
  // A switch that flows with the text around it, which a button element does not.
  const pressable = {
    role: "button",
    tabIndex: 0,
    title: "Show the spoiler",
    "aria-label": "Spoiler. Press to show it.",
    onClick: () => setShown(true),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      setShown(true);
    },
  };
  return (
    <span
      {...(shown ? OPEN : pressable)}
      className={`rounded-sm box-decoration-clone px-1 ${shown ? "bg-active" : "cursor-pointer bg-muted hover:bg-strong"}`}
    >
      <span inert={!shown} aria-hidden={!shown} className={shown ? "" : "invisible"}>
        {children}
      </span>
    </span>
  );
}
