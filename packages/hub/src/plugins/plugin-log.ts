// The log of one plugin: its last lines, at a pace that a disk and a reader can bear.

import { LOG_LINE_CHARACTERS_MAX } from '@lintel/sdk/host';

import { Bucket } from './bucket.ts';
import { LOG_LINES_BURST, LOG_LINES_KEPT, LOG_LINES_PER_SECOND } from './limits.ts';
import type { PluginLogLine } from './types.ts';

type Level = PluginLogLine['level'];

/** Control characters would let a line rewrite a terminal. */
const printable = (text: string): string => text.toWellFormed().replaceAll(/[^\P{Cc}\t\n]/gu, '�');

export class PluginLog {
  readonly #plugin: string;
  readonly #write: (line: PluginLogLine) => void;
  readonly #bucket: Bucket;
  readonly #lines: PluginLogLine[] = [];
  #leftOut = 0;
  #number = 0;

  constructor(plugin: string, write: (line: PluginLogLine) => void, now: number) {
    this.#plugin = plugin;
    this.#write = write;
    this.#bucket = new Bucket(LOG_LINES_PER_SECOND, LOG_LINES_BURST, now);
  }

  add(at: number, level: Level, text: string): void {
    if (!this.#bucket.take(at)) {
      this.#leftOut += 1;
      return;
    }
    if (this.#leftOut > 0) {
      this.#keep(at, 'warn', `left out ${this.#leftOut} lines: too many a second`);
      this.#leftOut = 0;
    }
    this.#keep(at, level, printable(text.slice(0, LOG_LINE_CHARACTERS_MAX)));
  }

  lines(): readonly PluginLogLine[] {
    return [...this.#lines];
  }

  #keep(at: number, level: Level, text: string): void {
    this.#number += 1;
    const line = { number: this.#number, at, plugin: this.#plugin, level, text };
    this.#lines.push(line);
    if (this.#lines.length > LOG_LINES_KEPT) this.#lines.shift();
    this.#write(line);
  }
}
