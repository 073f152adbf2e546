// A believable home as plain data, for showing every kind of device to the UI without a hub.

import {
  describeCapability,
  type CapabilityDescription,
  type Device,
  type PropertyState,
  type Room,
} from '@lintel/model';
import { FURNISHINGS, ONOFF, type Furnishing } from './furnishings.ts';

export const ROOMS: readonly Room[] = [
  { id: 'hall', name: 'Hall', floor: 'Ground floor' },
  { id: 'living', name: 'Living room', floor: 'Ground floor' },
  { id: 'kitchen', name: 'Kitchen', floor: 'Ground floor' },
  { id: 'bedroom', name: 'Bedroom', floor: 'Upstairs' },
];

/** Real lamps reach from candle to daylight, real chargers from 6 to 32 A. */
const REACH: Readonly<Record<string, object>> = {
  'color.temperature': { min: 2200, max: 6500 },
  'evse.limit': { min: 6, max: 32 },
};

const narrow =
  ({ choices = {} }: Furnishing) =>
  (capability: CapabilityDescription): CapabilityDescription => {
    const properties = capability.properties.map((each) => {
      const key = `${capability.name}.${each.name}`;
      return { ...each, ...REACH[key], ...(choices[key] && { values: choices[key] }) };
    });
    return { ...capability, properties };
  };

function build(item: Furnishing, at: string): Device {
  const capabilities = item.has.map((each) =>
    typeof each === 'string' ? describeCapability(each) : describeCapability(each[0], each.slice(1)),
  );
  const properties: Record<string, PropertyState> = {};

  for (const { name, properties: members } of capabilities) {
    for (const member of members) {
      const value = item.values[`${name}.${member.name}`] ?? null;
      const seen = value === null ? null : at;
      properties[`${name}.${member.name}`] = {
        value,
        changedAt: seen,
        reportedAt: seen,
        origin: value === null ? null : { kind: 'device' },
      };
    }
  }
  return {
    id: `virtual:${item.id}`,
    name: item.name,
    room: item.room,
    plugin: 'virtual',
    kind: item.kind,
    manufacturer: 'Lintel',
    model: item.model ?? 'Virtual',
    firmware: '1.0.0',
    address: null,
    online: item.offline !== true,
    stale: item.stale === true,
    lastSeen: item.offline === true ? null : at,
    settings: {},
    endpoints: [{ id: '1', name: null, kind: null, room: null, capabilities: capabilities.map(narrow(item)) }],
    properties,
  };
}

export const furnishedDevices = (at: string): Device[] => FURNISHINGS.map((each) => build(each, at));

/** A lamp as pairing finds it. */
export const foundLamp = (at: string): Device =>
  build(
    {
      id: 'lamp-found',
      name: 'LED bulb',
      room: null,
      kind: 'light',
      has: [ONOFF, 'level'],
      values: { 'onOff.on': true, 'level.level': 1 },
    },
    at,
  );
