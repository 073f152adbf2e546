// What a rule reads is found wherever it stands, once.

import type { Rule } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { watchedBy } from './watched.ts';

const motion = { kind: 'property', device: 'm', property: 'occupancy.occupied' } as const;
const door = { kind: 'property', device: 'd', property: 'contact.open' } as const;

const Watched = suite('watched');

Watched('triggers, conditions however deep, and waits', () => {
  const rule: Rule = {
    id: 'r',
    triggers: [{ ...motion, becomes: true }],
    conditions: [{ kind: 'not', condition: { kind: 'or', conditions: [{ ...door, is: true }] } }],
    actions: [
      { kind: 'set', target: { device: 'lamp' }, values: { 'onOff.on': true } },
      { kind: 'wait', until: { ...motion, is: false, for: '5m' } },
    ],
  };
  assert.equal(watchedBy(rule), [
    { device: 'm', property: 'occupancy.occupied' },
    { device: 'd', property: 'contact.open' },
  ]);
});

Watched('sets of devices and what is not chosen yet are left out', () => {
  const rule: Rule = {
    id: 'r',
    triggers: [
      { ...motion, device: { room: 'hall' }, becomes: true },
      { ...motion, device: '', becomes: true },
    ],
    actions: [],
  };
  assert.equal(watchedBy(rule), []);
});

Watched.run();
