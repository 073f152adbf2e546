// Which codes brought which devices in, as digests: a code that is used a second time is told from one that nobody has. Beside
// them stands which devices were let in without official certification.

import { createHmac, randomBytes } from 'node:crypto';

import type { PluginContext } from '@lintel/sdk';

import type { PairingCode } from './code.ts';

interface Entry {
  readonly node: string;
  readonly name: string;
  readonly at: string;
  readonly uncertified?: readonly string[];
}

interface Kept {
  readonly key: string;
  readonly codes: Readonly<Record<string, Entry>>;
}

const KEPT = 'codes';

export class Codes {
  readonly #ctx: PluginContext;
  readonly #isKnown: (node: string) => boolean;
  #kept: Kept;

  private constructor(ctx: PluginContext, kept: Kept, isKnown: (node: string) => boolean) {
    this.#ctx = ctx;
    this.#kept = kept;
    this.#isKnown = isKnown;
  }

  static async open(ctx: PluginContext, isKnown: (node: string) => boolean): Promise<Codes> {
    const kept = (await ctx.secrets.get(KEPT)) as Kept | null;
    return new Codes(ctx, kept ?? { key: randomBytes(32).toString('hex'), codes: {} }, isKnown);
  }

  /** A typed code and a QR code of one device share these. */
  #digest({ passcode, longDiscriminator, shortDiscriminator }: PairingCode): string {
    const short = shortDiscriminator ?? longDiscriminator! >> 8;
    return createHmac('sha256', this.#kept.key).update(`${passcode}/${short}`).digest('base64url');
  }

  /** The node id of the device of this home that came in with the code. */
  ownerOf(code: PairingCode): string | null {
    const entry = this.#kept.codes[this.#digest(code)];
    return entry !== undefined && this.#isKnown(entry.node) ? entry.node : null;
  }

  async remember(code: PairingCode, node: string, name: string, uncertified: readonly string[]): Promise<void> {
    const entry: Entry = {
      node,
      name,
      at: new Date(this.#ctx.clock.now()).toISOString(),
      ...(uncertified.length > 0 && { uncertified }),
    };
    const others = Object.entries(this.#kept.codes).filter(([, each]) => this.#isKnown(each.node));
    this.#kept = { ...this.#kept, codes: { ...Object.fromEntries(others), [this.#digest(code)]: entry } };
    await this.#ctx.secrets.set(KEPT, this.#kept);
  }
}
