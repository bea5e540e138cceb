import { z } from "zod";
import { Roster } from "@/lib/presence/roster";
import { Told } from "@/lib/presence/told";
import { io, type ParleySocket } from "@/lib/realtime/io";
import { onNodes, tellNodes } from "@/lib/realtime/nodes";
import { publishToOwnSockets } from "@/lib/realtime/publish";
import { slugOf } from "@/lib/realtime/rooms";
import { newId } from "@/lib/shared/ids";
import { singleton } from "@/lib/shared/singleton";

/**
 * Who is there. Each node knows the accounts of its own sockets and tells them to the others; every node tells its own
 * sockets what changed, gathered once a second, so that a thousand people who come at once cost each client one event.
 * Nothing of it is stored.
 */
const LOOK_EVERY_MS = 1_000;
const REPORT_EVERY_MS = 2_000;
const SILENT_AFTER_MS = 5_000;

const reportSchema = z.object({ node: z.string(), connected: z.record(z.string(), z.array(z.string())) });

function state(): { node: string; roster: Roster; told: Map<string, Told>; reported: { at: number; text: string } } {
  return singleton("presence", () => ({
    node: newId(),
    roster: new Roster(),
    told: new Map<string, Told>(),
    reported: { at: Number.NEGATIVE_INFINITY, text: "" },
  }));
}

/** Begins to look and to tell. @returns stops it, and says that nobody is connected here any more */
export function startPresence(): () => void {
  const { node, roster } = state();
  onNodes("presence", (message) => {
    const report = reportSchema.safeParse(message);
    if (report.success) roster.report(report.data.node, performance.now(), report.data.connected);
  });
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  return () => {
    clearInterval(timer);
    tellNodes("presence", { node, connected: {} });
  };
}

/** Tells a new connection who is there. What changes from now on it is told with everybody else. */
export function greet(socket: ParleySocket): void {
  const changes = state().told.get(socket.data.workspace.slug)?.all() ?? [];
  if (changes.length > 0) socket.emit("presence", { changes });
}

/** The accounts that are connected to a workspace, on whichever node. */
export function onlineAccounts(slug: string): string[] {
  return [...state().roster.online(slug)];
}

function look(): void {
  const { node, roster, told, reported } = state();
  const now = performance.now();
  const connected = connectedHere();
  roster.report(node, now, connected);
  const text = JSON.stringify(connected);
  if (text !== reported.text || now - reported.at >= REPORT_EVERY_MS) {
    Object.assign(reported, { at: now, text });
    tellNodes("presence", { node, connected });
  }
  // Nobody is taken for gone because the way to the other nodes is broken.
  if (io().reachesOthers()) roster.forgetSilent(now - SILENT_AFTER_MS);
  for (const slug of new Set([...Object.keys(connected), ...told.keys()])) {
    const workspace = told.get(slug) ?? new Told();
    told.set(slug, workspace);
    const changes = workspace.changes(roster.online(slug));
    if (changes.length > 0) publishToOwnSockets(slug, "presence", { changes });
  }
}

function connectedHere(): Record<string, string[]> {
  const connected: Record<string, string[]> = {};
  for (const { name, sockets } of io().server?._nsps.values() ?? []) {
    const slug = slugOf(name);
    if (slug === null || sockets.size === 0) continue;
    connected[slug] = [...new Set([...sockets.values()].map(({ data }) => data.viewer.account.id))].sort();
  }
  return connected;
}
