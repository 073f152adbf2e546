// Finds out what is at a port, without herdsman: it holds its state for a whole process, and a try must not disturb a
// network that is up.

import { access, constants } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';

import { PluginError } from '@lintel/sdk';

import { explainConnection } from './errors.ts';
import { PROBE_MS } from './limits.ts';
import type { Port } from './settings.ts';

/** What each kind of radio is asked, and how its answer begins. Only these can be told apart by one question. */
const QUESTIONS = {
  // SYS_PING, answered by its response with the same command.
  zstack: {
    ask: Buffer.from('fe00210120', 'hex'),
    answers: (said: Buffer) => said.includes(Buffer.from('fe026101', 'hex')),
  },
  // A cancelled frame and a reset, answered by "reset done".
  ember: {
    ask: Buffer.from('1ac038bc7e', 'hex'),
    answers: (said: Buffer) => said.includes(Buffer.from('c102', 'hex')),
  },
} as const;
type Probed = keyof typeof QUESTIONS;

const isProbed = (adapter: string): adapter is Probed => adapter in QUESTIONS;

/** Opens the port and says which adapter answers. Throws a `PluginError` that names the setting at fault. */
export async function probe(port: Port, text: string, adapter: string): Promise<string> {
  if (port.kind === 'serial') return probeSerial(port.path, text, adapter);
  const candidates = adapter === 'auto' ? (Object.keys(QUESTIONS) as Probed[]) : isProbed(adapter) ? [adapter] : [];
  if (candidates.length === 0) {
    (await open(port, text)).destroy();
    return adapter;
  }
  let said = false;
  for (const candidate of candidates) {
    const answer = await ask(port, text, candidate);
    if (answer === 'right') return candidate;
    said ||= answer === 'wrong';
  }
  throw noAdapter(text, adapter, said);
}

function noAdapter(text: string, adapter: string, said: boolean): PluginError {
  const what = said ? 'answers, but not as' : 'takes connections, but does not answer as';
  const kind = adapter === 'auto' ? 'a Zigbee adapter that the hub knows' : `a Zigbee adapter of the kind ${adapter}`;
  const detail = `What is at ${text} ${what} ${kind}. Check the port and the adapter setting.`;
  return new PluginError('BAD_SETTINGS', detail, adapter === 'auto' ? '/port' : '/adapter');
}

/** Sticks by the names that /dev/serial/by-id gives them. */
const STICKS: readonly (readonly [RegExp, string])[] = [
  [/Dongle_Plus_V2|Dongle_Lite|Dongle_Max|SkyConnect|ZBT-[12]|Nabu_Casa|SLZB-07|EFR32|HubZ/i, 'ember'],
  [/ConBee|RaspBee|dresden_elektronik/i, 'deconz'],
  [/ZBOSS|Nordic/i, 'zboss'],
  [/ZiGate/i, 'zigate'],
  [/Texas_Instruments|CC2531|CC2538|CC26|CC1352|Dongle_Plus|slae|zzh|ZigStar|SLZB-06/i, 'zstack'],
];

/** A stick is told by its name, where it has one; what is behind it shows when herdsman opens it. */
async function probeSerial(path: string, text: string, adapter: string): Promise<string> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    // Inside the plugin's fence files cannot be asked for; the port itself can be opened all the same.
    if ((error as { code?: unknown }).code !== 'ERR_ACCESS_DENIED') throw explainConnection(error, text);
  }
  if (adapter !== 'auto') return adapter;
  return STICKS.find(([pattern]) => pattern.test(path))?.[1] ?? adapter;
}

function open(port: Extract<Port, { kind: 'tcp' }>, text: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: port.host, port: port.port, noDelay: true });
    const fail = (error: Error): void => {
      socket.destroy();
      reject(explainConnection(error, text));
    };
    const limit = setTimeout(() => fail(new Error('connect timed out')), 2 * PROBE_MS);
    socket.once('error', fail);
    socket.once('connect', () => {
      clearTimeout(limit);
      resolve(socket);
    });
    socket.once('close', () => clearTimeout(limit));
  });
}

async function ask(
  port: Extract<Port, { kind: 'tcp' }>,
  text: string,
  candidate: Probed,
): Promise<'right' | 'wrong' | 'silent'> {
  const socket = await open(port, text);
  const question = QUESTIONS[candidate];
  let said = Buffer.alloc(0);
  return new Promise((resolve) => {
    const end = (answer: 'right' | 'wrong' | 'silent'): void => {
      clearTimeout(limit);
      socket.destroy();
      resolve(answer);
    };
    const limit = setTimeout(() => end(said.length > 0 ? 'wrong' : 'silent'), PROBE_MS);
    socket.on('error', () => end('silent'));
    socket.on('close', () => end(said.length > 0 ? 'wrong' : 'silent'));
    socket.on('data', (chunk: Buffer) => {
      said = Buffer.concat([said, chunk]).subarray(-4096);
      if (question.answers(said)) end('right');
    });
    socket.write(question.ask);
  });
}
