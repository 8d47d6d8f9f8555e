import { BlockList, isIPv4, isIPv6 } from "node:net";
import { boundedCache } from "../bounded-cache.ts";

/**
 * What a request's sender is counted by: an IPv4 address, or the /64 of an IPv6 one, which is what one customer has.
 * Undefined where there is no connection, as in a test that hands requests in.
 */
export type AddressOf = (peer: string | undefined, forwardedFor: string | undefined) => string | undefined;

type Hop = Readonly<{ network: string; isTrusted: boolean }>;

/**
 * Goes back from the connection through `X-Forwarded-For`, from right to left, for as long as a trusted proxy vouches
 * for what comes before it: the first address that is not trusted is the client's. Whatever stands left of it was
 * written by the client. `Forwarded` is not read: of two headers one would be forged by whoever knows that the proxy
 * sets the other.
 */
export function openAddressOf(trustedProxies: readonly string[]): AddressOf {
  let trusted: BlockList | undefined; // made when an address is asked for: the first of a process takes 4 ms of its start
  // Few peers and clients make most requests; to read an address anew costs a microsecond.
  const hops = boundedCache<Hop>({ most: 10_000 });

  function hopOf(text: string): Hop | undefined {
    const known = hops.get(text);
    if (known) return known;
    const address = canonical(text);
    if (address === undefined) return undefined;
    const isV4 = isIPv4(address);
    trusted ??= blockList(trustedProxies);
    const hop = {
      network: isV4 ? address : prefix64(address),
      isTrusted: trusted.check(address, isV4 ? "ipv4" : "ipv6"),
    };
    hops.set(text, hop);
    return hop;
  }

  return (peer, forwardedFor) => {
    let client = peer === undefined ? undefined : hopOf(peer);
    if (!client?.isTrusted || forwardedFor === undefined) return client?.network;

    for (const text of forwardedFor.split(",").reverse()) {
      const next = hopOf(text.trim());
      if (!next) break; // nobody knows what stands left of a hop that is no address
      client = next;
      if (!client.isTrusted) break;
    }
    return client.network;
  };
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [text = "", length] = network.split("/");
    const address = canonical(text);
    if (address === undefined) continue; // the environment's schema has refused it
    const type = isIPv4(address) ? "ipv4" : "ipv6";
    if (length === undefined) list.addAddress(address, type);
    // ::ffff:10.0.0.0/104 is 10.0.0.0/8
    else
      list.addSubnet(
        address,
        type === "ipv4" && isIPv6(text) ? Math.max(Number(length) - 96, 0) : Number(length),
        type,
      );
  }
  return list;
}

/** One spelling of an address, which may come with a port, brackets or a zone; an IPv4 one in IPv6 clothes is IPv4. */
function canonical(text: string): string | undefined {
  const bare = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(text)?.[1] ?? text;
  const address = bare.replace(/%[\w.-]{1,32}$/, "");
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return undefined;
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short) ?? [];
  if (high === undefined || low === undefined) return short;
  return [high, low].flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]).join(".");
}

function prefix64(short: string): string {
  const [left = "", right] = short.split("::");
  const head = left === "" ? [] : left.split(":");
  const tail = right ? right.split(":") : [];
  const middle = right === undefined ? [] : Array.from({ length: 8 - head.length - tail.length }, () => "0");
  return `${[...head, ...middle, ...tail].slice(0, 4).join(":")}::/64`;
}
