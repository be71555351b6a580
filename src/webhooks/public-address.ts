/**
 * Keeps requests that clients have asked for out of the service's own network. What counts is the address that is dialled: the
 * connection is made to the very addresses that were checked, so a name cannot mean another one a moment later.
 */
import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** All of IPv6 that is assigned to the Internet. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether it is an address of the Internet: none of this machine, its networks, its link, a provider's inside, or none at all. */
export function isPublicAddress(text: string): boolean {
  const address = ipaddr.process(text); // IPv4 in IPv6 is what it maps to
  if (address.range() !== 'unicast') return false;
  return !(address instanceof ipaddr.IPv6) || address.match(globalUnicast);
}

/** Whether a URL's host, as URL writes it (numbers in any base come out as an address), is an address that is not public. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host)) return !isPublicAddress(host);
  return /(^|\.)localhost\.?$/.test(host);
}

/** `dns.lookup` that fails unless every address of the name is public. */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const hidden = addresses?.find(({ address }) => !isPublicAddress(address));
    if (error || hidden) {
      const refusal = error ?? new Error(`${hostname} has an address that is not public: ${hidden?.address}`);
      callback(refusal, '');
    } else if (options.all) callback(null, addresses);
    else callback(null, addresses[0]!.address, addresses[0]!.family);
  });
};
