// The parts that need no radio: actions, install codes, the mended database, logs without keys.

import { PluginError } from '@lintel/sdk';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { readInstallCode } from '../src/install-code.ts';
import { withoutKeys } from '../src/log.ts';
import { describeActions, readAction } from '../src/mapping/actions.ts';
import { mapDevice } from '../src/mapping/device.ts';
import type { Expose } from '../src/mapping/types.ts';
import { mendDatabase } from '../src/mirror.ts';

const actions = suite('an action');

actions('names a button and what was done to it', () => {
  const said = (action: string): string => {
    const { button, action: done } = readAction(action);
    return `${button ?? '-'} ${done}`;
  };
  assert.is(said('single'), '- single');
  assert.is(said('double'), '- double');
  assert.is(said('on'), 'on single');
  assert.is(said('on_press_release'), 'on single');
  assert.is(said('up_hold_release'), 'up release');
  assert.is(said('brightness_step_up'), 'up single');
  assert.is(said('1_double'), '1 double');
  assert.is(said('single_left'), 'left single');
  assert.is(said('button_2_hold'), '2 hold');
  assert.is(said('recall_3'), 'scene-3 single');
  assert.is(said('rotate_left'), '- rotateLeft');
  assert.is(said('dial_rotate_right'), '- rotateRight');
  assert.is(said('shake'), '- shake');
});

actions('tells an editor what can be pressed', () => {
  assert.equal(describeActions(['1_single', '1_hold', '2_single']), [
    { event: 'button.pressed', button: '1', actions: ['single', 'hold'] },
    { event: 'button.pressed', button: '2', actions: ['single'] },
  ]);
});
actions.run();

const codes = suite('an install code');
const CODE = '83fed3407a939723a5c639b26916d505c3b5';

codes('is read with its address, from text and from QR codes', () => {
  assert.equal(readInstallCode(`0x00124b0012345678|${CODE}`), {
    address: '0x00124b0012345678',
    text: `00124b0012345678|${CODE}`,
  });
  assert.is(readInstallCode(`Z:00124B0012345678$I:${CODE.toUpperCase()}%M:1`).address, '0x00124b0012345678');
});

codes('with a wrong check sum is refused at its field', () => {
  for (const bad of [`0x00124b0012345678|${CODE.slice(0, -1)}6`, '0x00124b0012345678|12', 'nonsense', '']) {
    assert.throws(
      () => readInstallCode(bad),
      (error: unknown) =>
        error instanceof PluginError && error.code === 'BAD_VALUE' && error.pointer === '/installCode',
    );
  }
});
codes.run();

const database = suite('a database');
const COORDINATOR = '{"id":1,"type":"Coordinator","ieeeAddr":"0x01"}';
const LAMP = '{"id":2,"type":"Router","ieeeAddr":"0x02"}';
const SENSOR = '{"id":3,"type":"EndDevice","ieeeAddr":"0x03"}';

database('that can be read is left as it is, although the copy has more', () => {
  const text = [COORDINATOR, LAMP].join('\n');
  assert.is(mendDatabase(text, [COORDINATOR, LAMP, SENSOR].join('\n')), text);
});

database('gets its lost lines back from the copy', () => {
  const kept = [COORDINATOR, LAMP, SENSOR].join('\n');
  assert.is(mendDatabase('', kept), kept);
  assert.is(mendDatabase(`${COORDINATOR}\n${LAMP}\n{"id":3,"ty`, kept), kept);
});

database('gives a restored line another number where its own is taken', () => {
  const other = '{"id":3,"type":"Router","ieeeAddr":"0x04"}';
  const rows = mendDatabase(`${COORDINATOR}\n${other}\ntorn`, [COORDINATOR, SENSOR].join('\n')).split('\n');
  assert.is(rows.length, 3);
  const ids = rows.map((row) => (JSON.parse(row) as { id: number }).id);
  assert.is(new Set(ids).size, 3);
});
database.run();

const log = suite('the log');
log('never says a key', () => {
  const key = '01 03 05 07 09 0b 0d 0f 00 02 04 06 08 0a 0c 0d';
  for (const form of [
    key,
    key.replaceAll(' ', ''),
    key.replaceAll(' ', ':'),
    '[1,3,5,7,9,11,13,15,0,2,4,6,8,10,12,13]',
  ]) {
    assert.is(withoutKeys(`key=${form}.`), 'key=(hidden).');
  }
  assert.is(withoutKeys('device 0x00124b0012345678 on channel 15'), 'device 0x00124b0012345678 on channel 15');
});
log.run();

const mapping = suite('a mapping');
const numeric = (name: string, unit: string, more: Partial<Expose> = {}): Expose => ({
  type: 'numeric',
  name,
  property: name,
  unit,
  access: 1,
  ...more,
});

mapping('speaks the units of the model, and keeps what it has no name for', () => {
  const device = mapDevice(
    [
      numeric('pressure', 'kPa'),
      numeric('energy', 'Wh'),
      numeric('voltage', 'mV'),
      numeric('formaldehyd', 'mg/m³'),
      numeric('voc', 'ppb'),
      numeric('power_outage_count', ''),
      { type: 'composite', name: 'schedule', property: 'schedule', access: 7 },
    ],
    'Sensor',
  );
  const read = (source: string, value: unknown): unknown[] =>
    (device.bySource.get(source) ?? []).map(({ key, property }) => [key, property.read(value, {}, {})]);
  assert.equal(read('pressure', 101.3), [['pressure.pressure', 1013]]);
  assert.equal(read('energy', 1500), [['energy.imported', 1.5]]);
  assert.equal(read('voltage', 2985), [['battery.voltage', 2.985]]);
  assert.equal(read('formaldehyd', 0.05), [['formaldehyde.formaldehyde', 50]]);
  assert.equal(read('voc', 120), [['generic.voc', 120]]);
  assert.equal(read('power_outage_count', 3), [['generic.power_outage_count', 3]]);
  assert.equal(read('schedule', {}), []);
});
mapping.run();
