// A network of the tests' own. Matter is found by multicast; a test of it runs again in a network namespace where loopback
// has a route for multicast, so that it hears no one else and no one hears it. Everything it starts lives there too. Where
// the machine gives no namespace it says so, and leaves its network part out.

import { spawnSync } from 'node:child_process';

export const INTERFACE = 'lo';
const MARK = 'LINTEL_TEST_NETWORK';
/** Set where leaving the network part out is a failure, as in CI. */
const REQUIRED = 'LINTEL_TEST_NETWORK_REQUIRED';

const SET_UP = [
  'ip link set lo up',
  'ip link set lo multicast on',
  'ip route add 224.0.0.0/4 dev lo',
  'ip -6 route add ff00::/8 dev lo table local',
];

/** Two interfaces with a wire between them: messages to groups, which the loopback does not carry. */
export const PAIR = [
  'ip link add group0 type veth peer name group1',
  'ip link set group0 up',
  'ip link set group1 up',
] as const;

const scriptOf = (more: readonly string[]): string => [...SET_UP, ...more, 'exec "$0" "$@"'].join(' && ');

/** As root a network namespace is enough; other users need one of users around it. */
const WAYS = [['-n'], ['-rn']] as const;

function wayIn(script: string): readonly string[] | null {
  const works = (way: readonly string[]): boolean =>
    spawnSync('unshare', [...way, 'sh', '-c', script, 'true'], { stdio: 'ignore' }).status === 0;
  return WAYS.find(works) ?? null;
}

export type Network = 'here' | 'elsewhere' | 'none';

/**
 * Where the calling test file is to run, in a network with `more` in it: `here`, in a namespace; `elsewhere`: it ran in one
 * just now, as a child of this process, which has taken over its output and exit code; `none`: this machine allows no such
 * namespace.
 */
export function enterNetwork(file: string, more: readonly string[] = []): Network {
  if (process.env[MARK] === '1') return 'here';
  const script = scriptOf(more);
  const way = wayIn(script);
  if (way === null && process.env[REQUIRED] === '1')
    throw new Error(`${REQUIRED} is set, and this machine allows no network namespace (unshare, ip)`);
  if (way === null) return 'none';
  const again = ['sh', '-c', script, process.execPath, file, ...process.argv.slice(2)];
  const { status } = spawnSync('unshare', [...way, ...again], {
    stdio: 'inherit',
    env: { ...process.env, [MARK]: '1' },
  });
  process.exitCode = status ?? 1;
  return 'elsewhere';
}
