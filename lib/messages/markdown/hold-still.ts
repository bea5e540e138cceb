import { flushSync } from "react-dom";

/**
 * Makes a change of height under the reader's hand without moving what the hand is on: `element` stands at the same
 * pixel afterwards, even at the bottom of a timeline, which otherwise stays with its newest message.
 */
export function holdStill(element: Element, change: () => void): void {
  const scroller = element.closest('[role="log"]');
  const before = element.getBoundingClientRect().top;
  flushSync(change);
  if (scroller !== null) scroller.scrollTop += element.getBoundingClientRect().top - before;
}
