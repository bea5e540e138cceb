import type { Frame } from "@/tests/support/websocket-frames";

export type Way = "toServer" | "toClient";

/** What is done to single frames of one direction. Each connection gets a filter of its own. */
export interface FrameFault {
  way: Way;
  /** @returns what is passed on in place of each frame: nothing drops it, two of it double it */
  open: () => (frame: Frame) => Frame[];
}

/** Packets of Socket.IO begin with 4 (Engine.IO's message) and their own type. */
export const isAcknowledgement = ({ text }: Frame) => text?.startsWith("43") ?? false;
export const isEvent = ({ text }: Frame) => text?.startsWith("42") ?? false;

/** Whether a frame is an event of that name, in whatever namespace. */
export function isNamed(name: string): (frame: Frame) => boolean {
  return ({ text }) => text !== null && /^42(?:\/[^,]*,)?\d*\["([^"]+)"/.exec(text)?.[1] === name;
}

/** Lets requests through and loses every `nth` answer to them (1: all of them). */
export function swallowAcknowledgements(nth: number): FrameFault {
  return { way: "toClient", open: () => everyNth(nth, isAcknowledgement, () => []) };
}

/** Loses every `nth` of the frames that fit. */
export function drop(nth: number, fits = isEvent, way: Way = "toClient"): FrameFault {
  return { way, open: () => everyNth(nth, fits, () => []) };
}

/** Passes every `nth` of the frames that fit on twice. */
export function duplicate(nth: number, fits = isEvent, way: Way = "toClient"): FrameFault {
  return { way, open: () => everyNth(nth, fits, (frame) => [frame, frame]) };
}

/** Holds every `nth` of the frames that fit back until the next one that fits has passed. */
export function swap(nth: number, fits = isEvent, way: Way = "toClient"): FrameFault {
  const open = () => {
    let held: Frame | null = null;
    let count = 0;
    return (frame: Frame): Frame[] => {
      if (!fits(frame)) return [frame];
      if (held !== null) {
        const late = held;
        held = null;
        return [frame, late];
      }
      count += 1;
      if (count % nth !== 0) return [frame];
      held = frame;
      return [];
    };
  };
  return { way, open };
}

function everyNth(nth: number, fits: (frame: Frame) => boolean, change: (frame: Frame) => Frame[]) {
  let count = 0;
  return (frame: Frame): Frame[] => {
    if (!fits(frame)) return [frame];
    count += 1;
    return count % nth === 0 ? change(frame) : [frame];
  };
}
