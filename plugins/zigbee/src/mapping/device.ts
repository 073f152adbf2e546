// From everything a device exposes to one mapping: its kind, its endpoints with their capabilities, and the way there
// and back for each property.

import {
  CAPABILITIES,
  describeCapability,
  type CapabilityDescription,
  type CapabilityName,
  type DeviceKind,
} from '@lintel/model';

import { describeActions, isKeypad } from './actions.ts';
import { mapEffect, mapLight, mapPowerOn, mapSwitch } from './light.ts';
import { isClimateExtra, mapClimate, mapCover, mapFan, mapWarning } from './movers.ts';
import { mapLock, mapPlain } from './plain.ts';
import { property } from './property.ts';
import type { CommandMapping, DeviceMapping, Expose, MappedEndpoint, Part, PropertyMapping } from './types.ts';

const BY_TYPE: Readonly<Record<string, (expose: Expose) => Part>> = {
  light: mapLight,
  switch: mapSwitch,
  lock: mapLock,
  cover: mapCover,
  climate: mapClimate,
  fan: mapFan,
};

const BY_NAME: Readonly<Record<string, (expose: Expose) => Part>> = {
  effect: mapEffect,
  power_on_behavior: mapPowerOn,
  power_outage_memory: mapPowerOn,
  warning: mapWarning,
  identify: () => ({
    properties: [],
    commands: { 'identify.identify': () => ({ identify: 'identify' }) },
    capabilities: ['identify'],
  }),
  action: (expose) =>
    isKeypad((expose.values ?? []).map(String))
      ? { properties: [], capabilities: ['alarm'], kind: 'alarm' }
      : { properties: [], capabilities: ['button'] },
  // The radio's own measure is reported with every message, and these belong to an action.
  linkquality: () => ({ properties: [] }),
  action_duration: () => ({ properties: [] }),
};

/** What decides the kind where no part says it, in order. */
const KIND_BY_CAPABILITY: readonly (readonly [CapabilityName, DeviceKind])[] = [
  ['siren', 'siren'],
  ['occupancy', 'sensor'],
  ['contact', 'sensor'],
  ['button', 'button'],
];

function mapOne(expose: Expose, isThermostat: boolean): Part {
  const mapper =
    BY_TYPE[expose.type] ?? (Object.hasOwn(BY_NAME, expose.name ?? '') ? BY_NAME[expose.name!] : undefined);
  if (mapper !== undefined) return mapper(withEndpoint(expose));
  return isThermostat && isClimateExtra(expose) ? mapClimate(expose) : mapPlain(expose);
}

/** Features of a labelled part carry the label as well. */
const withEndpoint = (expose: Expose): Expose =>
  expose.endpoint === undefined || expose.features === undefined
    ? expose
    : {
        ...expose,
        features: expose.features.map((each) => ({ ...each, endpoint: each.endpoint ?? expose.endpoint! })),
      };

const LINK: PropertyMapping = property(
  'link.quality',
  { type: 'numeric', name: 'linkquality', access: 1 },
  {
    read: (value) => Math.round((Number(value) / 255) * 100) / 100,
  },
);

/** @param description the definition's own words for the device, which tell a plug from a switch */
export function mapDevice(exposes: readonly Expose[], description: string): DeviceMapping {
  const isThermostat = exposes.some((each) => each.type === 'climate');
  // What a lock calls an action is someone turning it.
  const isLock = exposes.some((each) => each.type === 'lock');
  const own = isLock ? exposes.filter((each) => each.name !== 'action') : exposes;
  const parts = own.map((each) => ({ expose: each, part: mapOne(each, isThermostat) }));
  const labels = [...new Set(parts.map(({ expose }) => expose.endpoint ?? null))];
  const named = labels.filter((label) => label !== null);
  const endpoints = (named.length === 0 ? [null] : named).map((label, at) => buildEndpoint(label, at, parts));
  const hasActions = own.some((each) => each.name === 'action');
  const kind = kindOf(
    parts.map(({ part }) => part),
    endpoints,
    description,
    hasActions,
  );
  return {
    kind,
    endpoints,
    descriptions: endpoints.map((endpoint, at) => describeEndpoint(endpoint, at, parts, named.length)),
    bySource: indexSources(endpoints),
    hasActions,
  };
}

interface Sourced {
  readonly expose: Expose;
  readonly part: Part;
}

/** What has no label belongs to the first endpoint. */
const isOf = (expose: Expose, label: string | null, at: number): boolean =>
  (expose.endpoint ?? null) === label || (at === 0 && expose.endpoint === undefined);

function buildEndpoint(label: string | null, at: number, parts: readonly Sourced[]): MappedEndpoint {
  const properties = new Map<string, PropertyMapping>();
  const commands = new Map<string, CommandMapping>();
  for (const { expose, part } of parts) {
    if (!isOf(expose, label, at)) continue;
    for (const each of part.properties) {
      const key = `${each.capability}.${each.description.name}`;
      if (!properties.has(key)) properties.set(key, each);
    }
    for (const [name, command] of Object.entries(part.commands ?? {})) commands.set(name, command);
  }
  if (at === 0) properties.set('link.quality', LINK);
  return { id: String(at + 1), label, properties, commands };
}

function describeEndpoint(endpoint: MappedEndpoint, at: number, parts: readonly Sourced[], named: number) {
  const own = parts.filter(({ expose }) => isOf(expose, endpoint.label, at));
  const names = new Set<CapabilityName | 'generic'>(own.flatMap(({ part }) => part.capabilities ?? []));
  for (const each of endpoint.properties.values()) names.add(each.capability);
  for (const command of endpoint.commands.keys()) names.add(command.split('.')[0] as CapabilityName);
  const actions = own.find(({ expose }) => expose.name === 'action')?.expose.values ?? [];
  const capabilities = [...names].toSorted(byTable).map((name) => describe(name, endpoint, actions.map(String)));
  return { id: endpoint.id, name: named > 1 ? endpoint.label : null, kind: null, room: null, capabilities };
}

/** In the order of the capability table, with what it does not have at the end. */
const ORDER = Object.keys(CAPABILITIES);
const byTable = (a: string, b: string): number => rank(a) - rank(b);
const rank = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);

function describe(
  name: CapabilityName | 'generic',
  endpoint: MappedEndpoint,
  actions: readonly string[],
): CapabilityDescription {
  const own = [...endpoint.properties.values()].filter((each) => each.capability === name);
  const properties = own.map((each) => each.description);
  const commands = [...endpoint.commands.keys()].filter((each) => each.startsWith(`${name}.`));
  const short = commands.map((each) => each.slice(name.length + 1));
  if (name === 'generic') return { name, properties, commands: [] };
  const { events } = describeCapability(name);
  const shown = name === 'button' ? describeActions(actions) : events;
  return { name, properties, commands: short, ...(shown && { events: shown }) };
}

function indexSources(endpoints: readonly MappedEndpoint[]): DeviceMapping['bySource'] {
  const index = new Map<string, { endpoint: MappedEndpoint; key: string; property: PropertyMapping }[]>();
  for (const endpoint of endpoints) {
    for (const [key, each] of endpoint.properties) {
      const list = index.get(each.source) ?? [];
      list.push({ endpoint, key, property: each });
      index.set(each.source, list);
    }
  }
  return index;
}

function kindOf(
  parts: readonly Part[],
  endpoints: readonly MappedEndpoint[],
  words: string,
  hasActions: boolean,
): DeviceKind {
  const said = parts.map((part) => part.kind).filter((kind) => kind !== undefined);
  const main = said.find((kind) => kind !== 'switch');
  if (main !== undefined) return main;
  if (said.length > 0) return switchKind(endpoints, words);
  const has = (name: string): boolean =>
    endpoints.some((endpoint) => [...endpoint.properties.values()].some((each) => each.capability === name));
  const found = KIND_BY_CAPABILITY.find(([name]) => (name === 'button' ? hasActions : has(name)));
  if (found !== undefined) return found[1];
  const isMeter = has('power') || has('energy') || has('volume');
  return isMeter ? 'meter' : 'sensor';
}

function switchKind(endpoints: readonly MappedEndpoint[], words: string): DeviceKind {
  if (/siren|alarm/i.test(words)) return 'siren';
  if (/\b(plug|outlet|socket)/i.test(words)) return 'plug';
  if (/\bvalve/i.test(words)) return 'valve';
  const measures = [...endpoints[0]!.properties.keys()].some((key) => key.startsWith('power.'));
  return measures && endpoints.length === 1 && !/switch|relay|module/i.test(words) ? 'plug' : 'switch';
}
