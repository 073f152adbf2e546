// What went wrong, in words that a homeowner can act on.

import { PluginError } from '@lintel/sdk';

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;

/** Why an adapter could not be opened, at the setting that is to blame. */
export function explainConnection(error: unknown, port: string): PluginError {
  if (error instanceof PluginError) return error;
  const said = `${String(codeOf(error) ?? '')} ${text(error)}`;
  const found = CONNECTION_FAULTS.find(({ pattern }) => pattern.test(said));
  const detail = found?.say(port) ?? `The adapter at ${port} could not be started: ${text(error).slice(0, 300)}`;
  return new PluginError('BAD_SETTINGS', detail, found?.pointer ?? '/port');
}

interface Fault {
  readonly pattern: RegExp;
  readonly pointer?: string;
  readonly say: (port: string) => string;
}

const CONNECTION_FAULTS: readonly Fault[] = [
  {
    pattern: /ECONNREFUSED/,
    say: (port) => `Nothing listens at ${port}. Check the address and that the adapter is powered and connected.`,
  },
  {
    pattern: /EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|connect timed out/,
    say: (port) => `${port} cannot be reached. Check that the adapter is on the same network.`,
  },
  {
    pattern: /ENOTFOUND|EAI_AGAIN/,
    say: (port) => `The host of ${port} is not known. Check its name, or use its address.`,
  },
  {
    pattern: /ENOENT|no such file|ENXIO|ENODEV/i,
    say: (port) =>
      `There is no ${port}: the stick is unplugged or has another name. List /dev/serial/by-id to find it.`,
  },
  {
    pattern: /EACCES|EPERM|permission denied/i,
    say: (port) => `The hub may not open ${port}. Add its user to the group that owns the device (often dialout).`,
  },
  {
    pattern: /EBUSY|cannot lock port|Resource temporarily unavailable/i,
    say: (port) => `${port} is in use by another program. Stop that program first.`,
  },
  {
    pattern: /Failed to connect to the adapter|HOST_FATAL_ERROR|TIMEOUT|SRSP - SYS - ping|Timeout|did not answer/i,
    say: (port) =>
      `What is at ${port} does not answer as a Zigbee adapter of the chosen kind. Check the adapter setting and the firmware.`,
    pointer: '/adapter',
  },
  {
    pattern: /discovery error|Specify valid 'adapter'/,
    say: (port) => `The kind of adapter at ${port} could not be found out. Choose it in the adapter setting.`,
    pointer: '/adapter',
  },
  {
    pattern: /collision|commissioning timed out/,
    say: () => 'A network nearby has the same identifiers as this one, or the adapter could not form it. Try again.',
  },
  {
    pattern: /configuration-adapter mismatch/,
    say: (port) =>
      `The adapter at ${port} holds another network than this hub's. Use the hub's own adapter, or restore a backup.`,
  },
];

/** Codes of the radio's stacks for a frame that was not acknowledged by the device. */
const UNDELIVERED = new Set([0xb7, 0xcd, 0xcc, 0xe9, 0xf0, 0x66]);
const BUSY = new Set([0x11, 0x1a, 0xe1]);
const CONFIRM_TIMEOUT = 9999;

export type FailureKind = 'refused' | 'undelivered' | 'busy' | 'unanswered' | 'link' | 'other';

/** What kind of failure a frame ended in. */
export function kindOfFailure(error: unknown): FailureKind {
  const [name, code, said] = [error instanceof Error ? error.name : '', codeOf(error), text(error)];
  if (error instanceof LinkLost || /transport (is|has been) closed|not been initialized|while transport/i.test(said))
    return 'link';
  if (error?.constructor.name === 'ZclStatusError' || name === 'ZclStatusError' || said.startsWith("Status '"))
    return 'refused';
  if (typeof code === 'number' && UNDELIVERED.has(code)) return 'undelivered';
  if (typeof code === 'number' && BUSY.has(code)) return 'busy';
  if (code === CONFIRM_TIMEOUT || /timeout/i.test(said)) return 'unanswered';
  if (/Delivery failed|Data request failed|no route|NO_ACK/i.test(said)) return 'undelivered';
  return 'other';
}

/** The link to the adapter went away while a frame was on its way. */
export class LinkLost extends Error {
  constructor() {
    super('the link to the Zigbee adapter was lost');
    this.name = 'LinkLost';
  }
}

/** The failure of a command as the hub is told it. */
export function explainCommand(error: unknown, name: string): PluginError {
  if (error instanceof PluginError) return error;
  const kind = kindOfFailure(error);
  if (kind === 'undelivered' || kind === 'busy') {
    return new PluginError('DEVICE_OFFLINE', `${name} cannot be reached. Check that it has power and is in range.`);
  }
  if (kind === 'unanswered') return new PluginError('TIMEOUT', `${name} did not confirm in time.`);
  if (kind === 'link') return new PluginError('DEVICE_OFFLINE', 'The Zigbee adapter is not connected.');
  if (kind === 'refused') return new PluginError('DEVICE_REFUSED', `${name} refused: ${statusIn(error)}.`);
  return new PluginError('DEVICE_REFUSED', `${name} cannot do that: ${text(error).slice(0, 200)}`);
}

/** The name of the status a device answered, out of the words around it. */
const statusIn = (error: unknown): string => /'([A-Z_0-9]+)'/.exec(text(error))?.[1] ?? 'no reason given';
