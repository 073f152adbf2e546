// A lamp that was cut at the wall comes back as it was, where people want that, and as it likes where they do not.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { deviceService } from '../../src/services/devices.ts';
import { openHome, type TestHome } from '../home.ts';
import { LAMP, told } from './rules.ts';

const test = suite('lamps come back as they were');
const BY = { kind: 'user', id: 'ada' } as const;
const BRIGHT = { 'onOff.on': true, 'level.level': 1 };

async function withLamp(onReturn: string): Promise<TestHome> {
  const home = await openHome();
  const port = { remove: async () => {}, settings: async () => {}, share: async () => ({}) as never };
  await deviceService(home.kernel, port).change(LAMP, { settings: { onReturn } }, BY);
  return home;
}

const cut = (home: TestHome): void => {
  home.submit({ kind: 'online', body: { device: LAMP, online: false } });
  home.clock.advance(60_000);
};

test('on and dimmed, off, and again after a kill', async () => {
  let home = await withLamp('asItWas');
  home.report(LAMP, { 'onOff.on': true, 'level.level': 0.3 });
  cut(home);
  assert.equal(told(home), []);
  home.report(LAMP, BRIGHT);
  assert.equal(told(home), [`${LAMP} {"onOff.on":true,"level.level":0.3}`]);
  assert.is(home.kernel.machine.properties.value(LAMP, 'level.level'), 0.3);
  home.report(LAMP, { 'level.level': 0.5 });
  home.report(LAMP, { 'onOff.on': false });
  cut(home);
  home = await home.killed({ downFor: 60_000 });
  home.report(LAMP, BRIGHT);
  assert.equal(told(home), [`${LAMP} {"onOff.on":false}`]);
  home.report(LAMP, BRIGHT);
  assert.is(told(home).length, 1, 'a hand at its switch is no return');
  await home.close();
});

test('without the setting, and with none, it stays as it came', async () => {
  const home = await withLamp('none');
  home.report(LAMP, { 'onOff.on': true, 'level.level': 0.3 });
  cut(home);
  home.report(LAMP, BRIGHT);
  home.submit({ kind: 'online', body: { device: 'virtual:lamp2', online: false } });
  home.report('virtual:lamp2', BRIGHT);
  assert.equal(told(home), []);
  await home.close();
});

test.run();
