// A home, and short ways to write the rules that are looked at before they run.

import { check } from '@lintel/engine';
import {
  describeCapability,
  type Action,
  type CapabilityName,
  type Condition,
  type Rule,
  type Trigger,
} from '@lintel/model';
import { BERLIN } from './home.ts';

export const device = (id: string, kind: 'light' | 'sensor' | 'lock' | 'cover', ...capabilities: CapabilityName[]) => ({
  id,
  name: id,
  kind,
  room: 'hall',
  endpoints: [
    { id: '1', name: null, kind: null, room: null, capabilities: capabilities.map((name) => describeCapability(name)) },
  ],
});
export const DEVICES = [
  device('lamp', 'light', 'onOff', 'level'),
  device('other', 'light', 'onOff', 'level'),
  device('meter', 'sensor', 'humidity', 'temperature'),
  device('motion', 'sensor', 'occupancy'),
  device('door', 'lock', 'lock'),
  device('gate', 'cover', 'cover'),
];

export const told = (rules: readonly Rule[]): string[] =>
  check({ rules, home: BERLIN, devices: DEVICES }).problems.map(
    ({ code, rule: id, pointer }) => `${code} ${id} ${pointer}`,
  );

export const GO: Trigger = { kind: 'event', event: 'go' };
export const NIGHT: Condition = { kind: 'mode', is: 'night' };
export const STOP: Action = { kind: 'stop' };
export const say = (message: string): Action => ({ kind: 'notify', message });
export const put = (on: boolean, id = 'lamp'): Action => ({
  kind: 'set',
  target: { device: id },
  values: { 'onOff.on': on },
});
export const tell = (command: string, id: string): Action => ({ kind: 'command', target: { device: id }, command });
export const is = (property: string, value: boolean | string, id = 'lamp'): Condition => ({
  kind: 'property',
  device: id,
  property,
  is: value,
});
export const becomes = (property: string, value: boolean | string, id = 'lamp'): Trigger => ({
  kind: 'property',
  device: id,
  property,
  becomes: value,
});
export const damp = (band: object): Condition => ({
  kind: 'property',
  device: 'meter',
  property: 'humidity.humidity',
  ...band,
});
export const crosses = (band: object): Trigger => ({
  kind: 'property',
  device: 'meter',
  property: 'humidity.humidity',
  ...band,
});
export const when = (condition: Condition, ...then: Action[]): Action => ({ kind: 'if', if: condition, then });
