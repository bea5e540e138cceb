import { BlockList, isIP } from "node:net";

/**
 * What must not be reached on behalf of somebody else: this machine, its neighbours, what clouds tell their machines,
 * and every way to write one of those inside another address. From the IANA registries of special-purpose addresses.
 */
const REFUSED_V4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "168.63.129.16/32", // Azure's own services, at an address that looks public
  "169.254.0.0/16", // link-local, and the metadata of most clouds
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.31.196.0/24",
  "192.52.193.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "192.175.48.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];
/** Only 2000::/3 is given out to anybody at all; within it, these are not places of their own. */
const GLOBAL_V6 = "2000::/3";
const REFUSED_V6 = [
  "2001::/23", // Teredo, which holds an IPv4 address, and other protocols
  "2001:db8::/32",
  "2002::/16", // 6to4, which holds an IPv4 address
  "2620:4f:8000::/48",
  "3fff::/20",
];

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits = ""] = network.split("/");
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? "ipv6" : "ipv4");
  }
  return list;
}

const refusedV4 = listOf(REFUSED_V4);
const globalV6 = listOf([GLOBAL_V6]);
const refusedV6 = listOf(REFUSED_V6);

/** Whether an IP address belongs to the public internet; false for whatever is no address. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !refusedV4.check(address, "ipv4");
    case 6:
      return !address.includes("%") && globalV6.check(address, "ipv6") && !refusedV6.check(address, "ipv6");
    default:
      return false;
  }
}
