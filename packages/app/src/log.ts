// The hub's log: lines for people on a console, or JSON for machines (LINTEL_LOG=json).

import { Writable } from 'node:stream';
import pino, { type Logger } from 'pino';
import type { Options } from './options.ts';

interface Line {
  readonly time: number;
  readonly level: number;
  readonly msg: string;
  readonly plugin?: string;
  readonly err?: { readonly message?: string; readonly stack?: string };
}

const LABELS: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };

/** Control characters would let a device's name move the cursor or hide a line. */
const printable = (text: string): string => text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\uFFFD');

export function formatLine(text: string): string {
  const { time, level, msg, plugin, err } = JSON.parse(text) as Line;
  const clock = new Date(time).toISOString().slice(11, 23);
  const from = plugin === undefined ? '' : `[${plugin}] `;
  const error = err === undefined ? '' : `: ${level >= 50 ? (err.stack ?? err.message ?? '') : (err.message ?? '')}`;
  return `${clock} ${(LABELS[level] ?? 'info').padEnd(5)} ${printable(`${from}${msg}${error}`)}\n`;
}

export function createLog(level: Options['log'], out: NodeJS.WritableStream): Logger {
  if (level === 'json') return pino({ level: 'info' }, out);
  const people = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      out.write(formatLine(chunk.toString('utf8')));
      done();
    },
  });
  return pino({ level }, people);
}
