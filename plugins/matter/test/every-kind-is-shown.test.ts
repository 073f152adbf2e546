// A device of each kind, as the virtual home has them: Matter takes each as it is, and also while nothing of it is known yet.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { endpoint } from '@lintel/sdk';

import { KINDS, type VirtualKind } from '../../virtual/src/kinds.ts';
import { BridgedHome, deviceOf } from './bridged-home.ts';

const test = suite('every kind is shown');

/** A bridge has nothing of its own to show. */
const SILENT: ReadonlySet<string> = new Set(['bridge']);
const SOLAR = 0x17;
const STORAGE = 0x18;

const kinds = Object.keys(KINDS) as VirtualKind[];
const homeOf = (isKnown: boolean): Promise<BridgedHome> =>
  BridgedHome.open(
    kinds.map((id) => {
      const { kind, capabilities, initial } = KINDS[id];
      return deviceOf(id, kind ?? (id as 'light'), [endpoint(...capabilities())], isKnown ? initial : {});
    }),
  );

for (const isKnown of [true, false]) {
  test(`whatever it is, with ${isKnown ? 'what it shows when it is new' : 'nothing known of it'}`, async () => {
    const home = await homeOf(isKnown);
    assert.equal(home.failures, []);
    for (const kind of kinds) assert.is(home.seen(kind).length > 0, !SILENT.has(kind), kind);
    assert.ok(home.seen('solar')[0]!.types.includes(SOLAR));
    assert.ok(home.seen('storage')[0]!.types.includes(STORAGE));
    await home.close();
  });
}

test.run();
