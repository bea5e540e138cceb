import { BlockList, isIP, isIPv6 } from "node:net";

/** The addresses and ranges of TRUSTED_PROXIES, which settings.ts has looked at, as `BlockList` checks them. */
export function proxyList(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", length] = entry.split("/");
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    if (length === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(length), family);
  }
  return list;
}

/**
 * The address that a request came from: the nearest one that is not a proxy of ours. Each proxy wrote down whom it heard,
 * at the end of X-Forwarded-For; what stands before the word of a stranger is the stranger's own invention.
 */
export function addressBehind(proxies: BlockList, heardFrom: string, forwardedFor: string | undefined): string {
  let address = plain(heardFrom);
  for (const told of (forwardedFor ?? "").split(",").toReversed()) {
    if (!isKnown(proxies, address)) break;
    const before = plain(told.trim());
    if (isIP(before) === 0) break;
    address = before;
  }
  return address;
}

function isKnown(proxies: BlockList, address: string): boolean {
  return isIP(address) !== 0 && proxies.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

/** An IPv4 address that was heard over IPv6 is the IPv4 address. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}
