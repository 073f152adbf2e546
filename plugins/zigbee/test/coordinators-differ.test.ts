// Coordinators and the wires to them have habits of their own: whatever arrives in pieces, gathered, early, twice or broken,
// devices join and lamps obey.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import type { Faults } from '../../../test/zigbee-simulator/link.ts';
import { createHome, until, type Home } from './home.ts';

const habits = suite('coordinators differ');
const KINDS = ['ikea-color-lamp', 'philips-motion', 'aqara-contact', 'innr-plug', 'tuya-plug'] as const;
const PLAIN: Faults = { delay: 0, duplicate: 0, garble: 0, fragment: 0, coalesce: 0, early: false };
let home: Home;

const isOn = (kind: string): boolean => Number(home.simulator.device(kind).get('genOnOff.onOff')) === 1;
const switchLamp = (on: boolean): Promise<unknown> =>
  home.hub.send(home.id('ikea-color-lamp'), { set: { 'onOff.on': on } });

home = await createHome(KINDS);
habits.after(() => home.close());
habits.before.each(() => void Object.assign(home.simulator.faults, PLAIN));

const WIRES: readonly (readonly [string, Partial<Faults>, string])[] = [
  ['byte by byte', { fragment: 1 }, 'ikea-color-lamp'],
  ['gathered into pieces', { coalesce: 25 }, 'philips-motion'],
  ['with what follows before the answer', { early: true }, 'innr-plug'],
  ['in pieces of seven, early and late', { fragment: 7, coalesce: 3, early: true, delay: 15 }, 'aqara-contact'],
];

for (const [how, faults, kind] of WIRES) {
  habits(`a device joins over a wire that delivers ${how}`, async () => {
    Object.assign(home.simulator.faults, faults);
    await home.join(kind);
    assert.ok(home.hub.devices.has(home.id(kind)));
    await switchLamp(true);
    assert.ok(isOn('ikea-color-lamp'));
    await switchLamp(false);
    assert.not.ok(isOn('ikea-color-lamp'));
  });
}

habits('a device that announces itself twice at once is ready, once in the home', async () => {
  const window = home.hub.pair({ seconds: 20 });
  await until(() => home.simulator.permitsJoining);
  home.simulator.join('innr-plug');
  home.simulator.announce('innr-plug');
  home.simulator.announce('innr-plug');
  await until(() => window.steps.some((each) => each.step === 'ready' && each.address === home.id('innr-plug')));
  await window.stop();
  assert.is(home.hub.devices.get(home.id('innr-plug'))?.kind, 'plug');
});

habits('a device whose interview fails once is asked again, and is ready', async () => {
  const window = home.hub.pair({ seconds: 60 });
  await until(() => home.simulator.permitsJoining);
  home.simulator.mute('tuya-plug', 'lost');
  home.simulator.join('tuya-plug');
  const stepsOf = (): string[] => window.steps.map(({ step }) => step);
  await until(() => stepsOf().filter((step) => step === 'interviewing').length > 1, 20_000);
  home.simulator.unmute('tuya-plug');
  await until(() => stepsOf().includes('ready'), 20_000);
  assert.not.ok(stepsOf().includes('failed'));
  await window.stop();
});

habits.run();
