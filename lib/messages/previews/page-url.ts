import { isIP } from "node:net";
import { isPublicAddress } from "@/lib/messages/previews/public-address";

/** Names that lead to this machine or its neighbours, whatever a resolver says of them. */
const LOCAL_NAMES = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|localdomain|home\.arpa|onion)$/;

/** An address of which a page may be asked: the web's own ports, a full name, nobody's password. Null for any other. */
export function pageUrl(address: string, base?: URL): URL | null {
  if (!URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  if (!["", "80", "443"].includes(url.port) || url.username !== "" || url.password !== "") return null;
  const literal = literalIn(url.hostname);
  if (literal !== null) return isPublicAddress(literal) ? url : null;
  const name = url.hostname.replace(/\.$/, "");
  return name.includes(".") && !LOCAL_NAMES.test(name) ? url : null;
}

/** The IP address that stands in the place of a name. The URL parser has undone every other way to write one. */
export function literalIn(hostname: string): string | null {
  const bare = hostname.replace(/^\[|\]$/g, "");
  return isIP(bare) === 0 ? null : bare;
}
