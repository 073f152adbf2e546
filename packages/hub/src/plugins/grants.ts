// What a plugin may do on this machine, as people read it before they enable it.

import type { Manifest } from './manifest.ts';

const OWN = 'Keeps settings, secrets and files of its own';
const NOTHING = `${OWN}, and nothing else.`;
const NO_OTHERS = `${OWN}, and sees those of no other plugin.`;

const HOME =
  'Sees and commands the devices of your home that you choose in its settings, and hears of no others. Locks and alarms only ' +
  'where you say so there.';

/** A sentence for each thing the plugin may do. */
export function grantsInWords({ permissions }: Pick<Manifest, 'permissions'>): readonly string[] {
  const { network, hosts, serial, addons, firmware, home } = permissions;
  const words = [
    ...(network ? [networkInWords(hosts)] : []),
    ...(home === '' ? [] : [HOME]),
    ...(serial ? ['Uses the serial port or USB stick that its settings name.'] : []),
    ...(firmware ? ['Reads the firmware images that you put into the folder for them.'] : []),
    ...(addons ? ['Runs native code, which is not held back by most of the fence around plugins.'] : []),
  ];
  return words.length === 0 ? [NOTHING] : [...words, NO_OTHERS];
}

/** What a version may do that the one before may not, as sentences. */
export function addedGrants(
  before: Pick<Manifest, 'permissions'>,
  after: Pick<Manifest, 'permissions'>,
): readonly string[] {
  const known = new Set([NOTHING, NO_OTHERS, ...grantsInWords(before)]);
  return grantsInWords(after).filter((grant) => !known.has(grant));
}

function networkInWords(hosts: readonly string[]): string {
  if (hosts.length === 0) return 'Uses your network and the internet.';
  return `Uses your network and the internet; says that it needs only ${hosts.slice(0, 8).join(', ')}, to which it is not held.`;
}
