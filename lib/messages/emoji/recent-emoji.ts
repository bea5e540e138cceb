/** What somebody who has chosen nothing yet is most likely to want. */
const USUAL = ["👍", "❤️", "😂", "🎉", "👀", "✅", "🙏", "😮"];
const MOST_KEPT = 32;

const RECENT = "parley.emoji.recent";
const TONE = "parley.emoji.tone";

/** The skin tones, lightest first; 0 is none. */
export type SkinTone = 0 | 1 | 2 | 3 | 4 | 5;
export const SKIN_TONES: readonly SkinTone[] = [0, 1, 2, 3, 4, 5];

function read(storage: Storage | null, name: string): unknown {
  try {
    return JSON.parse(storage?.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

function write(storage: Storage | null, name: string, value: unknown): void {
  try {
    storage?.setItem(name, JSON.stringify(value));
  } catch {
    // Full, or forbidden: nothing is remembered.
  }
}

/** What was chosen on this device, the latest first. */
export function recentEmoji(storage: Storage | null): string[] {
  const kept = read(storage, RECENT);
  return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === "string") : [];
}

/** The latest, filled up with the usual ones. */
export function frequentEmoji(storage: Storage | null, count: number): string[] {
  return [...new Set([...recentEmoji(storage), ...USUAL])].slice(0, count);
}

export function noteEmoji(storage: Storage | null, emoji: string): void {
  write(storage, RECENT, [...new Set([emoji, ...recentEmoji(storage)])].slice(0, MOST_KEPT));
}

export function readSkinTone(storage: Storage | null): SkinTone {
  const kept = read(storage, TONE);
  return SKIN_TONES.find((tone) => tone === kept) ?? 0;
}

export function keepSkinTone(storage: Storage | null, tone: SkinTone): void {
  write(storage, TONE, tone);
}
