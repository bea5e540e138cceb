import type { KeyboardEvent } from "react";

/**
 * Left and right go from one button of a group to the next, round the ends and in the direction of the script. The group
 * is one tab stop: its buttons keep `tabIndex` -1 but for the current one.
 * @returns whether the key was one of these
 */
export function moveAmongButtons(event: KeyboardEvent, group: HTMLElement | null): boolean {
  if (group === null || (event.key !== "ArrowLeft" && event.key !== "ArrowRight")) return false;
  event.preventDefault();
  const forwards = group.matches(":dir(rtl)") ? "ArrowLeft" : "ArrowRight";
  const buttons = [...group.querySelectorAll<HTMLElement>("button")];
  const at = buttons.findIndex((button) => button.contains(document.activeElement));
  buttons.at((at + (event.key === forwards ? 1 : -1)) % buttons.length)?.focus();
  return true;
}
