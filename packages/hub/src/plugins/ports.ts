// The ports of a radio plugin: the device files that its settings name, and no others. What is bound into a fence stays what it
// was when the fence was made, so that a stick which was pulled out and put in again is another one.

import { existsSync, statSync } from 'node:fs';

import { isObject } from '@lintel/sdk/host';

const DEVICE_FILE = /^\/dev\/(?!pts\/)[^\0]{1,250}$/;
const DEPTH_MAX = 4;

function* textsIn(value: unknown, depth = 0): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (depth < DEPTH_MAX && (Array.isArray(value) || isObject(value)))
    for (const each of Object.values(value)) yield* textsIn(each, depth + 1);
}

/** What stands at a path now; null where that is no character device. */
function markOf(path: string): string | null {
  try {
    const stat = statSync(path);
    return stat.isCharacterDevice() ? `${stat.dev} ${stat.ino} ${stat.rdev}` : null;
  } catch {
    return null;
  }
}

export class Ports {
  /** Those that are named, also while they are away, so that the plugin can tell so. */
  readonly named: readonly string[];
  /** Those that are there. */
  readonly paths: readonly string[];
  readonly #marks: string;

  /** @param settings of a plugin that may use serial ports; for any other there are none */
  constructor(maySerial: boolean, settings: unknown) {
    const texts = maySerial ? [...new Set(textsIn(settings))] : [];
    const named = texts.filter((text) => DEVICE_FILE.test(text) && !text.split('/').includes('..'));
    this.named = named.filter((path) => markOf(path) !== null || !existsSync(path));
    this.paths = this.named.filter((path) => markOf(path) !== null);
    this.#marks = this.#marksNow();
  }

  #marksNow(): string {
    return this.named.map(markOf).join('\n');
  }

  /** Whether another device stands at one of the names than when this was made. */
  haveMoved(): boolean {
    return this.#marksNow() !== this.#marks;
  }
}
