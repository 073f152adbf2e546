import type { Device, Value } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { wayBack } from './undo.ts';

const lamp = (values: Readonly<Record<string, Value>>): Device => {
  const state = (value: Value) => ({ value, changedAt: null, reportedAt: null, origin: null });
  return {
    properties: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, state(value)])),
  } as unknown as Device;
};

const Undo = suite('undo');

Undo('a lamp that was off goes off again, whatever was set', () => {
  const before = lamp({ 'onOff.on': false, 'level.level': 0.3 });
  assert.equal(wayBack(before, { 'level.level': 0.9 }), { 'onOff.on': false });
  assert.equal(wayBack(before, { 'onOff.on': true }), { 'onOff.on': false });
});

Undo('a lamp that was on gets its level back', () => {
  const before = lamp({ 'onOff.on': true, 'level.level': 0.3 });
  assert.equal(wayBack(before, { 'level.level': 0.9 }), { 'onOff.on': true, 'level.level': 0.3 });
});

Undo('a colour goes back in the mode it had', () => {
  const colors = { 'color.hue': 10, 'color.saturation': 1, 'color.temperature': 2700 };
  const hs = lamp({ 'color.mode': 'hs', ...colors });
  assert.equal(wayBack(hs, { 'color.temperature': 4000 }), { 'color.hue': 10, 'color.saturation': 1 });
  const white = lamp({ 'color.mode': 'temperature', ...colors });
  assert.equal(wayBack(white, { 'color.hue': 200, 'color.saturation': 1 }), { 'color.temperature': 2700 });
});

Undo('what was never known cannot be put back', () => {
  assert.is(wayBack(lamp({ 'cover.position': null }), { 'cover.position': 1 }), null);
});

Undo.run();
