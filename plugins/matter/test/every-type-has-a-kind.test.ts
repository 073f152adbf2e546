// Every device type that matter.js implements is some kind of device to people; those that only control others, or are part of
// the network, are not.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import * as devices from '@matter/main/devices';

import { kindOf } from '../src/mapping/device-types.ts';

const test = suite('every type has a kind');

/** They have nothing of their own to show: remotes of other devices, and a mode or a chime that no kind fits. */
const OTHER = [
  'CameraController',
  'Chime',
  'ClosureController',
  'ControlBridge',
  'DoorLockController',
  'ModeSelect',
  'NetworkInfrastructureManager',
  'PumpController',
  'ThermostatController',
  'ThreadBorderRouter',
  'WindowCoveringController',
];
/** Those that are made of others. */
const EXPECTED: Readonly<Record<string, string>> = {
  Doorbell: 'doorbell',
  Intercom: 'doorbell',
  VideoDoorbell: 'doorbell',
  FloodlightCamera: 'camera',
  SnapshotCamera: 'camera',
  IrrigationSystem: 'valve',
  MeterReferencePoint: 'meter',
};

const typed = Object.values(devices).filter(
  (each) => typeof each === 'object' && each !== null && 'deviceType' in each && 'name' in each,
) as { readonly name: string; readonly deviceType: number }[];
const types = new Map(typed.map(({ name, deviceType }) => [name, deviceType]));

test('all are there', () => assert.ok(types.size > 70, String(types.size)));

test('each has a kind', () => {
  const without = [...types].filter(([, type]) => kindOf([type]) === null).map(([name]) => name);
  assert.equal(without.toSorted(), OTHER);
});

for (const [name, kind] of Object.entries(EXPECTED))
  test(`${name} is a ${kind}`, () => assert.is(kindOf([types.get(name)!]), kind));

test('a doorbell with a camera is a doorbell', () => {
  const whole = ['Camera', 'Doorbell'].map((name) => types.get(name)!);
  assert.is(kindOf(whole), 'doorbell');
});

test.run();
