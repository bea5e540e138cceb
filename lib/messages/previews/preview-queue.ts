import type { LinkPreview } from "@/lib/messages/message.events";
import { fetchPage } from "@/lib/messages/previews/fetch-page";
import { previewedLinks } from "@/lib/messages/previews/links";
import type { Network } from "@/lib/messages/previews/network";
import { readPage } from "@/lib/messages/previews/read-page";
import { log } from "@/lib/shared/log";
import { singleton } from "@/lib/shared/singleton";

/** A message whose links may be previewed. */
export interface Previewed {
  workspace: { id: string; slug: string };
  messageId: string;
  authorId: string;
  body: string;
}

interface Tools {
  network: Network;
  /** Whether the workspace wants previews at all. */
  isWanted: (workspaceId: string) => Promise<boolean>;
  store: (message: Previewed, previews: LinkPreview[]) => Promise<unknown>;
}

const WAITING_MOST = 200;
const AT_ONCE = 2;
const REMEMBERED_MS = 10 * 60_000;
const REMEMBERED_MOST = 500;

interface Queue {
  tools: Tools | null;
  waiting: Previewed[];
  working: number;
  /** What was found lately, nothing too: whatever many people post is asked for once. */
  found: Map<string, { until: number; preview: LinkPreview | null }>;
}

function queue(): Queue {
  return singleton<Queue>("messages.previews", () => ({ tools: null, waiting: [], working: 0, found: new Map() }));
}

/** From now on, offered messages are looked at. @returns ends that; what waits is forgotten */
export function startPreviews(tools: Tools): () => void {
  const state = queue();
  state.tools = tools;
  return () => {
    state.tools = null;
    state.waiting = [];
  };
}

/**
 * Looks up in its own time what the links of a committed message lead to. Nobody waits for it: when there is more to
 * do than can be done, or the process ends, a message stays without previews.
 */
export function offerForPreviews(message: Previewed): void {
  const state = queue();
  // Only a glance here, where a sender waits: the links are read when it is their turn.
  if (state.tools === null || !/https?:|www\./i.test(message.body)) return;
  if (state.waiting.length >= WAITING_MOST) {
    log().debug({ messageId: message.messageId }, "too many links are posted; this message has no preview");
    return;
  }
  state.waiting.push(message);
  if (state.working < AT_ONCE) void work(state);
}

async function work(state: Queue): Promise<void> {
  state.working += 1;
  for (let message = state.waiting.shift(); message !== undefined; message = state.waiting.shift()) {
    try {
      if (state.tools !== null) await preview(state, state.tools, message);
    } catch (error) {
      log().warn({ err: error, messageId: message.messageId }, "a message stays without previews");
    }
  }
  state.working -= 1;
}

async function preview(state: Queue, tools: Tools, message: Previewed): Promise<void> {
  if (!(await tools.isWanted(message.workspace.id))) return;
  const links = previewedLinks(message.body);
  const found = await Promise.all(links.map((url) => lookUp(state, tools.network, url)));
  const previews = found.filter((one) => one !== null);
  if (previews.length > 0) await tools.store(message, previews);
}

async function lookUp(state: Queue, network: Network, url: string): Promise<LinkPreview | null> {
  const known = state.found.get(url);
  if (known !== undefined && known.until > performance.now()) return known.preview;
  const page = await fetchPage(url, network).catch((error: unknown) => {
    log().debug({ err: error, url }, "a link could not be previewed");
    return null;
  });
  const facts = page === null ? null : readPage(page);
  const preview = facts === null ? null : { url, ...facts };
  state.found.delete(url);
  state.found.set(url, { until: performance.now() + REMEMBERED_MS, preview });
  // The oldest goes first: a Map keeps the order in which it was filled.
  const [oldest] = state.found.size > REMEMBERED_MOST ? state.found.keys() : [];
  if (oldest !== undefined) state.found.delete(oldest);
  return preview;
}
