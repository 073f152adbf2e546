// What a device is now, as values that can be set again.

import { firstWith, type Device, type Value } from '@lintel/model';

/** What is kept of a device: what can be set and says how it is, not how it behaves after a power cut. */
const NOT_CAPTURED: ReadonlySet<string> = new Set([
  'onOff.powerOn',
  'thermostat.schedule',
  'thermostat.calibration',
  'thermostat.childLock',
]);

/** @param endpoint that one alone */
export function captured(device: Device, endpoint: string | null = null): Record<string, Value> {
  const mode = device.properties['color.mode']?.value;
  const values: Record<string, Value> = {};
  for (const [key, state] of Object.entries(device.properties)) {
    const [plain = '', at] = key.split('@');
    const where = at ?? firstWith(device.endpoints, plain)?.id;
    if (endpoint !== null && where !== endpoint) continue;
    if (state.value !== null && isSettable(device, plain) && !NOT_CAPTURED.has(plain) && belongsToMode(plain, mode)) {
      values[key] = state.value;
    }
  }
  return values;
}

function isSettable({ endpoints }: Device, property: string): boolean {
  const [capability, name] = property.split('.');
  return endpoints.some((endpoint) =>
    endpoint.capabilities.some(
      (has) => has.name === capability && has.properties.some((each) => each.name === name && each.settable),
    ),
  );
}

/** A colour is kept in the coordinates it was set in. */
export function belongsToMode(property: string, mode: Value | undefined): boolean {
  if (!property.startsWith('color.')) return true;
  if (mode === 'temperature') return property === 'color.temperature';
  if (mode === 'hs') return property === 'color.hue' || property === 'color.saturation';
  return property === 'color.x' || property === 'color.y';
}
