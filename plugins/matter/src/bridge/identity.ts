// What the bridge is known by, kept for ever: the code on its label, and the port at which ecosystems look for it first.

import { randomBytes, randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';

import type { KeyValueStore } from '@lintel/sdk';

export interface Identity {
  readonly passcode: number;
  readonly discriminator: number;
  /** Hexadecimal, 32 digits. */
  readonly serial: string;
  /** UDP. */
  readonly port: number;
}

const KEY = 'bridge/identity';
/** UDP. Messages to groups are sent to this port of everyone's (Core Specification, Groupcast): at another none is heard. */
const MATTER_PORT = 5540;
const PASSCODE_MAX = 99_999_998;
const DISCRIMINATORS = 4096;
/** Codes that Matter forbids, since everyone would try them. */
const FORBIDDEN = new Set([12_345_678, 87_654_321, ...Array.from({ length: 9 }, (_, digit) => 11_111_111 * digit)]);

function newPasscode(): number {
  for (;;) {
    const passcode = randomInt(1, PASSCODE_MAX + 1);
    if (!FORBIDDEN.has(passcode)) return passcode;
  }
}

/** Null where other software has it; throws where there is no such network. */
async function portIfFree(port: number): Promise<number | null> {
  const socket = createSocket('udp6');
  try {
    return await new Promise((resolve, reject) => {
      const refuse = (error: NodeJS.ErrnoException): void =>
        error.code === 'EADDRINUSE' ? resolve(null) : reject(error);
      socket.once('error', refuse);
      socket.bind(port, () => resolve(socket.address().port));
    });
  } finally {
    socket.close();
  }
}

/** Matter's own port if it is free, else the one that it had, else any. */
async function choosePort(before: number): Promise<number> {
  for (const port of [MATTER_PORT, before, 0]) {
    const found = await portIfFree(port);
    if (found !== null) return found;
  }
  throw new Error('no UDP port is free');
}

export async function openIdentity(secrets: KeyValueStore): Promise<Identity> {
  const kept = (await secrets.get(KEY)) as Identity | null;
  const identity = kept ?? {
    passcode: newPasscode(),
    discriminator: randomInt(DISCRIMINATORS),
    serial: randomBytes(16).toString('hex'),
    port: 0,
  };
  const port = await choosePort(identity.port);
  const now = { ...identity, port };
  if (kept === null || port !== kept.port) await secrets.set(KEY, now);
  return now;
}
