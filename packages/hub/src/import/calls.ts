// Actions that Home Assistant calls services: by domain, what each does here.

import type { Action, Target } from '@lintel/model';
import { domainOf, type Mapping } from './entities.ts';
import { Lost } from './notes.ts';
import { FieldReader, namesOf, show, textOf } from './reading.ts';
import type { Scope } from './scope.ts';
import { homeCall } from './home-calls.ts';
import { SERVICES } from './services.ts';
import type { Service } from './told.ts';

/** A service call, whose data may stand beside it, or in `data` and `data_template`. */
export class Call {
  readonly domain: string;
  readonly service: string;
  readonly line: number;
  readonly scope: Scope;
  readonly data: FieldReader;
  readonly target: FieldReader | null;

  constructor(name: string, line: number, fields: FieldReader, scope: Scope) {
    const at = name.indexOf('.');
    this.domain = name.slice(0, Math.max(at, 0));
    this.service = name.slice(at + 1);
    this.line = line;
    this.scope = scope;
    const target = fields.take('target');
    this.target = target === undefined ? null : new FieldReader(target, 'a target');
    const given = [fields.take('data'), fields.take('data_template'), fields.take('service_data')];
    const entries = given.flatMap((source) => {
      if (source === undefined) return [];
      if (source.type !== 'map') throw new Lost(source.line, 'data that is worked out is not taken');
      return [...source.entries];
    });
    for (const name of ['entity_id', 'device_id', 'area_id']) {
      const entry = fields.entry(name);
      if (entry !== undefined) entries.push([name, entry]);
    }
    this.data = new FieldReader({ type: 'map', line, entries: new Map(entries) }, 'data');
  }

  /** Every id that is meant, from the target and the data. */
  ids(): { text: string; line: number }[] {
    const names = ['entity_id', 'device_id', 'area_id'];
    const ids = [this.target, this.data].flatMap((fields) => names.flatMap((name) => namesOf(fields?.take(name))));
    const other = this.target?.rest() ?? [];
    for (const [name, { line }] of other) throw new Lost(line, `a target by ${name} is not taken`);
    return ids;
  }
}

/** @throws Lost where the call has no counterpart */
export function readCall(name: string, line: number, fields: FieldReader, scope: Scope): Action[] {
  if (name.includes('{{')) throw new Lost(line, 'an action whose name is worked out is not taken');
  const call = new Call(name, line, fields, scope);
  const own = homeCall(call);
  const actions = own ?? devicesCall(call);
  if (actions === null) throw new Lost(line, `the action ${show(name)} has no counterpart`);
  call.data.done(scope.notes, `the action ${name}`);
  return actions;
}

const ANY = new Set(['turn_on', 'turn_off', 'toggle']);

function devicesCall(call: Call): Action[] | null {
  const isGeneric = call.domain === 'homeassistant' && ANY.has(call.service);
  const service = serviceOf(call.domain, call.service);
  if (service === null && !isGeneric) return null;
  const ids = call.ids();
  if (ids.length === 0) throw new Lost(call.line, `expected entity_id: what ${call.domain}.${call.service} is about`);
  if (isTriggering(ids, call)) return run(service ?? serviceOf('light', call.service)!, { trigger: true }, call, null);
  const found = ids.flatMap(({ text, line }) => {
    if (text.includes('{{')) throw new Lost(line, 'a target that is worked out is not taken');
    const mapping = call.scope.notes.attempt(() => call.scope.entities.get(text, line));
    return mapping === null ? [] : [{ text, line, mapping }];
  });
  const bySubject = Map.groupBy(found, ({ text, mapping }) => keyOf(text, mapping, call, isGeneric));
  return [...bySubject].flatMap(([key, group]) => {
    const used = isGeneric ? serviceOf(key.split(' ')[0]!, call.service) : service;
    if (used === null) throw new Lost(call.line, `${key.split(' ')[0]!} knows no ${call.service}`);
    return group[0] !== undefined && 'room' in group[0].mapping
      ? run(used, { room: group[0].mapping.room }, call, null)
      : onDevices(used, group, call);
  });
}

/** Devices that are told the same in the same way are told together. */
function keyOf(id: string, mapping: Mapping, { domain }: Call, isGeneric: boolean): string {
  const of = isGeneric ? (id.includes('.') ? domainOf(id) : 'light') : domain;
  if ('room' in mapping) return `${of} room ${mapping.room}`;
  if (!('device' in mapping)) return `${of} ${id}`;
  const [, endpoint = ''] = (mapping.property ?? '').split('@');
  return `${of} devices ${mapping.property?.split('@')[0] ?? ''}@${endpoint}`;
}

function onDevices(
  service: Service,
  group: readonly { text: string; line: number; mapping: Mapping }[],
  call: Call,
): Action[] {
  const devices: string[] = [];
  for (const { text, line, mapping } of group) {
    if ('variable' in mapping) return variableCall(mapping.variable, call);
    if (!('device' in mapping)) throw new Lost(line, `${show(text)} is mapped to something that is no device`);
    if (!devices.includes(mapping.device)) devices.push(mapping.device);
  }
  const first = group[0]!.mapping as Extract<Mapping, { device: string }>;
  const target: Target = devices.length === 1 ? { device: devices[0]! } : { devices };
  return run(service, target, call, first.property ?? null);
}

function run(service: Service, target: Target, call: Call, property: string | null): Action[] {
  return service({ target, property, call });
}

const isTriggering = (ids: readonly { text: string }[], { scope }: Call): boolean =>
  ids.length === 1 && ids[0]!.text.replaceAll(/[\s{}]/g, '') === 'trigger.entity_id' && scope.triggers.size > 0;

function serviceOf(domain: string, service: string): Service | null {
  const services = Object.hasOwn(SERVICES, domain) ? SERVICES[domain]! : {};
  return Object.hasOwn(services, service) ? services[service]! : null;
}

/** Helpers that became variables of the home. */
function variableCall(name: string, { service, data, line }: Call): Action[] {
  const read = `variable(${JSON.stringify(name)})`;
  if (service === 'turn_on' || service === 'turn_off')
    return [{ kind: 'variable', name, value: service === 'turn_on' }];
  if (service === 'toggle') return [{ kind: 'variable', name, value: { expression: `!${read}` } }];
  if (service === 'increment' || service === 'decrement') {
    const step = textOf(data.take('step') ?? { type: 'scalar', line, value: 1, text: '1' });
    return [
      {
        kind: 'variable',
        name,
        value: { expression: `${read} ${service === 'increment' ? '+' : '-'} ${Number(step)}` },
      },
    ];
  }
  throw new Lost(line, `a variable knows no ${service}`);
}
