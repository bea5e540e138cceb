import { z } from "zod";
import { type BySlug, Roster } from "@/lib/presence/roster";
import { Told } from "@/lib/presence/told";
import { io, type ParleySocket } from "@/lib/realtime/io";
import { onNodes, tellNodes } from "@/lib/realtime/nodes";
import { publishToOwnSockets } from "@/lib/realtime/publish";
import { slugOf } from "@/lib/realtime/rooms";
import { newId } from "@/lib/shared/ids";
import { singleton } from "@/lib/shared/singleton";

/**
 * Who is there. Each node knows the accounts of its own sockets and tells them to the others once a second; every node
 * tells its own sockets what changed, gathered once a second too, so that a thousand people who come at once cost each
 * client one event. Nothing of it is stored.
 *
 * With the three looks at which somebody must be missed (Told), an account is told to be gone within 5 s: also the
 * accounts of a node that was killed, while a node that stalls for less than 4 s loses nobody.
 */
const LOOK_EVERY_MS = 1_000;
const SILENT_AFTER_MS = 2_000;

const bySlugSchema = z.record(z.string(), z.array(z.string()));
/** `away` is absent from a node that runs an earlier version. */
const reportSchema = z.object({ node: z.string(), connected: bySlugSchema, away: bySlugSchema.optional() });

function state(): { node: string; roster: Roster; told: Map<string, Told> } {
  return singleton("presence", () => ({
    node: newId(),
    roster: new Roster(),
    told: new Map<string, Told>(),
  }));
}

/** Begins to look and to tell. @returns stops it, and says that nobody is connected here any more */
export function startPresence(): () => void {
  const { node, roster } = state();
  onNodes("presence", (message) => {
    const report = reportSchema.safeParse(message);
    if (!report.success) return;
    roster.report(report.data.node, performance.now(), report.data.connected, report.data.away);
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

/** Notes what a connection says of the person before it. */
export function setActivity(socket: ParleySocket, status: "active" | "away"): void {
  socket.data.away = status === "away";
}

/** The accounts that are active in a workspace, on whichever node. */
export function onlineAccounts(slug: string): string[] {
  return [...state().roster.here(slug)].flatMap(([id, status]) => (status === "online" ? [id] : []));
}

function look(): void {
  const { node, roster, told } = state();
  const now = performance.now();
  const { connected, away } = peopleHere();
  roster.report(node, now, connected, away);
  tellNodes("presence", { node, connected, away });
  // Nobody is taken for gone because the way to the other nodes is broken.
  if (io().reachesOthers()) roster.forgetSilent(now - SILENT_AFTER_MS);
  for (const slug of new Set([...Object.keys(connected), ...told.keys()])) {
    const workspace = told.get(slug) ?? new Told();
    told.set(slug, workspace);
    const changes = workspace.changes(roster.here(slug));
    if (changes.length > 0) publishToOwnSockets(slug, "presence", { changes });
  }
}

/** The accounts of this node's own sockets, and those of them whose sockets are all away. */
function peopleHere(): { connected: BySlug; away: BySlug } {
  const connected: BySlug = {};
  const away: BySlug = {};
  for (const { name, sockets } of io().server?._nsps.values() ?? []) {
    const slug = slugOf(name);
    if (slug === null || sockets.size === 0) continue;
    const isAway = new Map<string, boolean>();
    for (const { data } of sockets.values()) {
      const { id } = data.viewer.account;
      isAway.set(id, data.away === true && isAway.get(id) !== false);
    }
    connected[slug] = [...isAway.keys()];
    away[slug] = connected[slug].filter((id) => isAway.get(id));
  }
  return { connected, away };
}
