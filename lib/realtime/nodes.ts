import { io } from "@/lib/realtime/io";
import { singleton } from "@/lib/shared/singleton";

type Listener = (message: unknown) => void;

function listeners(): Map<string, Listener> {
  return singleton("realtime.nodeListeners", () => new Map<string, Listener>());
}

/** Tells the other nodes something that is no fact for any socket. It may be lost. */
export function tellNodes(subject: string, message: unknown): void {
  io().relay([{ to: "nodes", subject, message }]);
}

/** Hears what other nodes tell of a subject. */
export function onNodes(subject: string, listener: Listener): void {
  listeners().set(subject, listener);
}

/** Hands on what another node told; a subject that this version does not know is let go. */
export function hearNode(subject: string, message: unknown): void {
  listeners().get(subject)?.(message);
}
