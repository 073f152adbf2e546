// Triggers and conditions by device, as the editor of Home Assistant writes them.

import { BUTTON_ACTIONS, type Condition, type KnownValue } from '@lintel/model';
import type { Mapping, Meaning } from './entities.ts';
import { Lost } from './notes.ts';
import { type FieldReader, show, textOf } from './reading.ts';
import type { Scope } from './scope.ts';
import { readBand, scaledBand } from './state-triggers.ts';
import { stateValue } from './states.ts';
import { durationOf } from './times.ts';
import type { Started } from './triggers.ts';

interface Subject {
  readonly id: string;
  readonly line: number;
  readonly mapping: Mapping;
}

/** By its entity where that is mapped, else by the device itself. */
export function subjectOf(fields: FieldReader, scope: Scope): Subject {
  const ids = [fields.entry('entity_id'), fields.entry('device_id')].filter((entry) => entry !== undefined);
  for (const { value, line } of ids) {
    const mapping = scope.entities.find(textOf(value));
    if (mapping !== null) return { id: textOf(value), line, mapping };
  }
  const last = ids.at(-1);
  if (last === undefined) throw new Lost(fields.line, 'expected device_id');
  throw new Lost(last.line, `${show(textOf(last.value))} is not mapped to anything of this home`);
}

/** What a type of trigger says of binary sensors: `moist` is a leak. */
const SENSED: Readonly<Record<string, string>> = {
  motion: 'occupancy.occupied',
  occupied: 'occupancy.occupied',
  present: 'occupancy.occupied',
  opened: 'contact.open',
  open: 'contact.open',
  moist: 'waterLeak.leaking',
  smoke: 'smoke.alarm',
  co: 'carbonMonoxide.alarm',
  vibration: 'vibration.detected',
  tampered: 'tamper.tampered',
  bat_low: 'battery.low',
};

const MEASURED: Readonly<Record<string, string>> = {
  battery_level: 'battery.level',
  temperature: 'temperature.temperature',
  humidity: 'humidity.humidity',
  illuminance: 'illuminance.illuminance',
  power: 'power.power',
  energy: 'energy.imported',
  pressure: 'pressure.pressure',
  current_temperature: 'temperature.temperature',
  carbon_dioxide: 'co2.co2',
};

const STATES: Readonly<Record<string, string>> = {
  turned_on: 'on',
  turned_off: 'off',
  is_on: 'on',
  is_off: 'off',
  opened: 'open',
  closed: 'closed',
  not_opened: 'off',
};

const unprefixed = (type: string): { word: string; value: boolean } => {
  const word = type.replace(/^is_/, '');
  const negated = /^(?:no|not)_/.test(word) || word === 'closed';
  return { word: word === 'closed' ? 'opened' : word.replace(/^(?:no|not)_/, ''), value: !negated };
};

interface Said {
  readonly meaning: Meaning;
  readonly value: KnownValue;
}

/** What a type such as `turned_on`, `no_motion` or `is_locked` says of the device. */
function said(type: string, domain: string, { id, line, mapping }: Subject, scope: Scope): Said | null {
  if (!('device' in mapping)) throw new Lost(line, `${show(id)} is mapped to something that is no device`);
  const { word, value } = unprefixed(type);
  if (domain === 'binary_sensor' && Object.hasOwn(SENSED, word)) {
    const property = mapping.property ?? SENSED[word]!;
    return { meaning: { device: mapping.device, property, scale: 1 }, value };
  }
  const meaning = scope.entities.meaning(id, line, undefined, domain);
  const state = Object.hasOwn(STATES, type) ? STATES[type]! : type.replace(/^is_/, '');
  const found = stateValue(meaning.property, state, meaning.scale);
  return found === null ? null : { meaning: { ...meaning, property: found.property }, value: found.value };
}

export function deviceTrigger(fields: FieldReader, scope: Scope): readonly Started[] {
  const subject = subjectOf(fields, scope);
  const type = textOf(fields.need('type'));
  const domain = fields.text('domain') ?? '';
  fields.ignore('discovery_id', 'metadata', 'entity_id', 'device_id');
  const { mapping } = subject;
  if ('person' in mapping) {
    fields.ignore('zone');
    return [{ trigger: { kind: 'presence', person: mapping.person, becomes: type === 'leaves' ? 'away' : 'home' } }];
  }
  const pressed = press(type, domain, fields, subject);
  if (pressed !== null) return [pressed];
  const held = fields.take('for');
  const holds = held === undefined ? {} : { for: durationOf(held) };
  const crossing = measured(type, subject, fields, scope);
  if (crossing !== null)
    return [
      { trigger: { kind: 'property', ...crossing.selector, ...crossing.band, ...holds }, meaning: crossing.meaning },
    ];
  if (type === 'changed_states') {
    const meaning = scope.entities.meaning(subject.id, subject.line, undefined, domain);
    return [
      {
        trigger: { kind: 'property', device: meaning.device, property: meaning.property, changes: true, ...holds },
        meaning,
      },
    ];
  }
  const found = said(type, domain, subject, scope);
  if (found === null) throw new Lost(fields.line, `the trigger ${show(type)} of a device has no counterpart`);
  const { device, property } = found.meaning;
  return [{ trigger: { kind: 'property', device, property, becomes: found.value, ...holds }, meaning: found.meaning }];
}

function measured(type: string, { mapping, line }: Subject, fields: FieldReader, scope: Scope) {
  const word = type.replace(/^is_/, '').replace(/_changed$/, '');
  if (!Object.hasOwn(MEASURED, word) || !('device' in mapping)) return null;
  const property = mapping.property ?? MEASURED[word]!;
  const { plain } = readBand(fields, scope);
  if (plain === null) throw new Lost(line, 'expected above and below as numbers');
  const scale = property.startsWith('battery.level') ? 100 : 1;
  const meaning: Meaning = { device: mapping.device, property, scale };
  return { meaning, selector: { device: mapping.device, property }, band: scaledBand(plain, scale) };
}

const ACTIONS: Readonly<Record<string, string>> = {
  remote_button_short_press: 'single',
  remote_button_double_press: 'double',
  remote_button_triple_press: 'triple',
  remote_button_quadruple_press: 'quadruple',
  remote_button_long_press: 'hold',
  remote_button_long_release: 'release',
  short_release: 'single',
  long_release: 'release',
  long_press: 'hold',
  button_short_press: 'single',
  button_short_release: 'single',
  button_long_press: 'hold',
  button_double_press: 'double',
};
const WORDS = new Set<string>(BUTTON_ACTIONS);
const BUTTONS: Readonly<Record<string, string>> = {
  turn_on: 'on',
  turn_off: 'off',
  dim_up: 'up',
  dim_down: 'down',
};

/** A press of a button: ZHA and deCONZ name the press, Zigbee2MQTT puts both into one word such as `on_hold`. */
function press(type: string, domain: string, fields: FieldReader, { mapping }: Subject): Started | null {
  const isPress = Object.hasOwn(ACTIONS, type) || (domain === 'mqtt' && type === 'action') || type === 'click';
  if (!isPress || !('device' in mapping)) return null;
  const subtype = fields.text('subtype') ?? '';
  const base = { kind: 'event', event: 'button.pressed', device: mapping.device } as const;
  if (type !== 'action' && type !== 'click') {
    const name = Object.hasOwn(BUTTONS, subtype) ? BUTTONS[subtype]! : subtype.replace(/^button_/, '');
    return { trigger: { ...base, action: ACTIONS[type]!, ...(name !== '' && name !== 'button' && { button: name }) } };
  }
  if (WORDS.has(subtype)) return { trigger: { ...base, action: subtype } };
  const [button = '', action = 'single'] = subtype.split('_');
  return { trigger: { ...base, button, action: WORDS.has(action) ? action : 'single' } };
}

/** A condition by device. */
export function deviceCondition(fields: FieldReader, scope: Scope): Condition {
  const subject = subjectOf(fields, scope);
  const type = textOf(fields.need('type'));
  const domain = fields.text('domain') ?? '';
  fields.ignore('metadata', 'entity_id', 'device_id');
  const { mapping } = subject;
  if ('person' in mapping) {
    fields.ignore('zone');
    return { kind: 'presence', person: mapping.person, is: type === 'is_not_home' ? 'away' : 'home' };
  }
  const crossing = measured(type, subject, fields, scope);
  if (crossing !== null) return { kind: 'property', ...crossing.selector, ...crossing.band };
  const found = said(type, domain, subject, scope);
  if (found === null) throw new Lost(fields.line, `the condition ${show(type)} of a device has no counterpart`);
  const held = fields.take('for');
  const { device, property } = found.meaning;
  return { kind: 'property', device, property, is: found.value, ...(held !== undefined && { for: durationOf(held) }) };
}
