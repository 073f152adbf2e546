// The code on the hub's console that claims it. It is short-lived and few guesses are free.

import { createHash, timingSafeEqual } from 'node:crypto';
import { HubError } from '@lintel/model';
import { SETUP_WRONG_CODES_MAX } from '../limits.ts';

/** Crockford's base 32: no I, L, O or U to be read wrongly. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHARACTERS = 12;
/** Of a preset one, once spaces and dashes are gone. */
const CHARACTERS_MIN = 8;

const digest = (code: string): Buffer => createHash('sha256').update(normalise(code)).digest();

/** People type codes in small letters and without the dashes. */
const normalise = (code: string): string => code.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '');

export class SetupCode {
  readonly #randomBytes: (count: number) => Uint8Array;
  #expected: Buffer;
  #wrong = 0;

  constructor(code: string, randomBytes: (count: number) => Uint8Array) {
    if (normalise(code).length < CHARACTERS_MIN)
      throw new HubError('BAD_SETTINGS', `the setup code must have ${CHARACTERS} characters or more`);
    this.#randomBytes = randomBytes;
    this.#expected = digest(code);
  }

  /** Replaces the code with a new one such as `"7KQ2-M9XD-4TBW"`, and forgives the wrong ones. */
  renew(): string {
    const characters = [...this.#randomBytes(CHARACTERS)].map((byte) => ALPHABET[byte % ALPHABET.length]!);
    const code = characters.join('').replace(/^(.{4})(.{4})(.{4})$/, '$1-$2-$3');
    this.#expected = digest(code);
    this.#wrong = 0;
    return code;
  }

  /** @throws HubError SETUP_CODE_WRONG, and SETUP_LOCKED after five of those, whatever the code */
  require(code: string): void {
    if (this.#wrong >= SETUP_WRONG_CODES_MAX) {
      const detail = 'Too many wrong setup codes. Restart the hub, or run "lintel setup-code", for a new one.';
      throw new HubError('SETUP_LOCKED', detail, { pointer: '/setupCode' });
    }
    if (timingSafeEqual(digest(code), this.#expected)) return;
    this.#wrong += 1;
    const detail = 'This is not the setup code. It stands on the console the hub was started from.';
    throw new HubError('SETUP_CODE_WRONG', detail, { pointer: '/setupCode' });
  }
}
