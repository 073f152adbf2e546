// Imports text as the route does, and drives what came of it through the engine.

import { createEngine, type Command, type EngineEvent } from '@lintel/engine';
import { describeCapability, type CapabilityName, type Rule, type Value } from '@lintel/model';
import * as assert from 'uvu/assert';
import { importHomeAssistant } from '../../src/import/home-assistant.ts';
import type { Mapping } from '../../src/import/entities.ts';
import type { ImportAnswer } from '../../src/views.ts';

/** A Monday, 11:00 UTC and 12:00 in Berlin. */
export const MONDAY = Date.UTC(2026, 10, 23, 11, 0);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
const HOME = { latitude: 52.52, longitude: 13.405, timeZone: 'Europe/Berlin' };

const device = (id: string, kind: string, ...capabilities: CapabilityName[]) => ({
  id,
  kind: kind as 'light',
  room: 'hall',
  endpoints: [
    { id: '1', name: null, kind: null, room: null, capabilities: capabilities.map((name) => describeCapability(name)) },
  ],
});

export const DEVICES = [
  device('lamp', 'light', 'onOff', 'level', 'color', 'effect'),
  device('floor', 'light', 'onOff', 'level'),
  device('plug', 'switch', 'onOff', 'power'),
  device('motion', 'sensor', 'occupancy', 'battery'),
  device('door', 'sensor', 'contact', 'battery'),
  device('meter', 'sensor', 'temperature', 'humidity'),
  device('lock', 'lock', 'lock'),
  device('blind', 'cover', 'cover'),
  device('heating', 'thermostat', 'thermostat', 'temperature'),
  device('fan', 'fan', 'onOff', 'fan'),
  device('alarm', 'alarm', 'alarm'),
  device('speaker', 'media', 'media'),
  device('remote', 'button', 'button'),
];

export const ENTITIES: Record<string, Mapping> = {
  'light.hall': { device: 'lamp' },
  'light.floor': { device: 'floor' },
  'switch.pump': { device: 'plug' },
  'sensor.pump_power': { device: 'plug' },
  'binary_sensor.hall_motion': { device: 'motion' },
  'binary_sensor.front_door': { device: 'door' },
  'sensor.door_battery': { device: 'door' },
  'sensor.bath_temperature': { device: 'meter' },
  'sensor.bath_humidity': { device: 'meter' },
  'lock.front': { device: 'lock' },
  'cover.blind': { device: 'blind' },
  'climate.living': { device: 'heating' },
  'fan.bath': { device: 'fan' },
  'alarm_control_panel.home': { device: 'alarm' },
  'media_player.kitchen': { device: 'speaker' },
  'person.ada': { person: 'ada' },
  'person.bob': { person: 'bob' },
  'notify.mobile_app_ada': { person: 'ada' },
  'scene.evening': { scene: 'evening' },
  'input_boolean.guests': { variable: 'guests' },
  'area.hall': { room: 'hall' },
  '0f1e2d3c4b5a69788796a5b4c3d2e1f0': { device: 'remote' },
  a0b1c2d3e4f5061728394a5b6c7d8e9f: { device: 'motion' },
};

export const importText = (yaml: string, inputs: Record<string, unknown> = {}): Promise<ImportAnswer> =>
  importHomeAssistant({ yaml, inputs, entities: ENTITIES, devices: DEVICES });

/** All rules of a text of which nothing may be lost. */
export async function importWhole(yaml: string, inputs: Record<string, unknown> = {}): Promise<readonly Rule[]> {
  const { rules, report } = await importText(yaml, inputs);
  const lost = report.filter(({ level }) => level === 'error');
  assert.equal(lost, [], JSON.stringify(lost));
  assert.ok(rules.length > 0 && rules.every(({ enabled }) => enabled), JSON.stringify(rules));
  return rules;
}

/** A home that runs imported rules; it starts at MONDAY. */
export interface Driven {
  /** What follows from these at this many ms after the last step. */
  step(after: number, ...events: EngineEvent[]): string[];
}

export async function drive(rules: readonly Rule[], ...known: EngineEvent[]): Promise<Driven> {
  const engine = await createEngine({ rules, home: HOME, startAt: MONDAY, devices: DEVICES });
  let now = MONDAY;
  engine.step(now, known);
  return {
    step: (after, ...events) => {
      now += after;
      return engine.step(now, events).commands.map(told);
    },
  };
}

/** Imports an automation and drives it. */
export const driveText = async (yaml: string, ...known: EngineEvent[]): Promise<Driven> =>
  drive(await importWhole(yaml), ...known);

const { stringify } = JSON;

function told({ kind, target, ...rest }: Command): string {
  const on = target === undefined ? '' : ` ${Object.values(target).flat().join(' ')}`;
  switch (kind) {
    case 'set': {
      const hold = rest['transition'] === undefined ? '' : ` over ${String(rest['transition'])}`;
      return `set${on} ${stringify(rest['values'])}${hold}`;
    }
    case 'command':
      return `${String(rest['command'])}${on}${rest['args'] === undefined ? '' : ` ${stringify(rest['args'])}`}`;
    case 'notify':
      return `notify ${String(rest['message'])}`;
    case 'emit':
      return `emit ${String(rest['event'])}${rest['data'] === undefined ? '' : ` ${stringify(rest['data'])}`}`;
    case 'save':
    case 'restore':
      return `${kind} ${String(rest['as'])}`;
    default:
      return `${kind} ${String(rest['scene'] ?? rest['mode'] ?? '')}`;
  }
}

export const report = (id: string, property: string, value: Value): EngineEvent => ({ device: id, property, value });
export const motion = (occupied: boolean): EngineEvent => report('motion', 'occupancy.occupied', occupied);
export const door = (open: boolean): EngineEvent => report('door', 'contact.open', open);
export const degrees = (value: number): EngineEvent => report('meter', 'temperature.temperature', value);
