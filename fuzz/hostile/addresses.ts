import type { SeededRandom } from '@openvenue/core/testing';

/** A source address, out of so many that no limit of one of them is met by chance. */
export function someAddress(random: SeededRandom): string {
  return `198.18.${random.integer(0, 63)}.${random.integer(1, 254)}`;
}

const ODD = [
  'x',
  '1.2.3',
  '999.1.1.1',
  '::1',
  '::ffff:1.2.3.4',
  '2001:db8::1',
  '2001:db8::1%eth0',
  '[2001:db8::1]:80',
  '1.2.3.4:80',
  ',',
  '1.2.3.4,',
  ',,1.2.3.4',
  'unknown',
  '01.02.03.04',
  '0x7f.1',
  '127.0.0.1',
  '127.0.0.1, 127.0.0.1',
  '1.1.1.1, '.repeat(100),
  'a'.repeat(3_000),
];

/** What a broken or a lying proxy says. */
export const oddAddress = (random: SeededRandom): string => random.pick(ODD);
