// What a lamp was before someone cut its power at the wall, as a command that makes it so again.

import type { DeviceCommand, Value } from '@lintel/sdk';

import type { ZigbeeDevice } from './device.ts';
import type { MappedEndpoint } from './mapping/types.ts';

/** As the plugin last heard of it; null for what is no lamp, or was not heard of yet. */
export function asItWas(device: ZigbeeDevice): DeviceCommand | null {
  if (device.mapping.kind !== 'light') return null;
  const [first] = device.mapping.endpoints;
  const sets = device.mapping.endpoints.map((endpoint) => {
    const values = Object.entries(valuesOf(device, endpoint));
    return values.map(([key, value]) => [endpoint === first ? key : `${key}@${endpoint.id}`, value] as const);
  });
  const set = Object.fromEntries(sets.flat());
  return Object.keys(set).length === 0 ? null : { set };
}

function valuesOf(device: ZigbeeDevice, endpoint: MappedEndpoint): Record<string, Value> {
  const value = (key: string): Value | undefined => {
    const property = endpoint.properties.get(key);
    const said = property === undefined ? undefined : device.state[property.source];
    return said === undefined ? undefined : property!.read(said, device.state, device.state);
  };
  const on = value('onOff.on');
  if (on !== true) return on === false ? { 'onOff.on': false } : {};
  const color = value('color.mode') === 'temperature' ? ['color.temperature'] : ['color.x', 'color.y'];
  const found = ['level.level', ...color].map((key) => [key, value(key)] as const);
  return { 'onOff.on': true, ...Object.fromEntries(found.filter(([, each]) => each !== undefined && each !== null)) };
}
