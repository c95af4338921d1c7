import { BlockList, isIP } from 'node:net';

/** Ranges that are not on the public internet: IANA's special-purpose registries for IPv4 and IPv6, and multicast. */
const V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Only 2000::/3 is handed out; within it these are special. Addresses that carry a v4 address are refused whole. */
const V6_SPECIAL = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const special = new BlockList();
for (const range of V4) addTo(special, range, 'ipv4');
for (const range of V6_SPECIAL) addTo(special, range, 'ipv6');
const unicast = new BlockList();
addTo(unicast, '2000::/3', 'ipv6');

function addTo(list: BlockList, range: string, family: 'ipv4' | 'ipv6'): void {
  const [network, prefix] = range.split('/');
  list.addSubnet(network as string, Number(prefix), family);
}

/** Whether an address, as text, belongs to the public internet: not this machine, not its network, not a special range. */
export function isGlobalAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special.check(address, 'ipv4');
    case 6:
      return unicast.check(address, 'ipv6') && !special.check(address, 'ipv6');
    default:
      return false;
  }
}
