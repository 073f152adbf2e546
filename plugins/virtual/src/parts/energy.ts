// What takes and gives electric power.

import type { VirtualDevice } from '../device.ts';
import { daily, round, wander } from '../random.ts';
import type { Part } from './part.ts';

const HOUR_MS = 3_600_000;
const VOLTAGE = 230;

/** Watts at this instant; negative where the device gives. */
function watts(device: VirtualDevice): number {
  const ripple = 1 + 0.04 * wander(device.id, device.now, 60_000);
  const { kind } = device.description;
  if (kind === 'solar') return -Math.round(4_200 * Math.max(0, daily(device.now, 12)) ** 1.5 * ripple);
  if (kind === 'meter') return Math.round((450 + 380 * Math.max(0, daily(device.now, 19))) * ripple);
  if (kind === 'evse')
    return device.is('evse.state', 'charging') ? Math.round(device.number('evse.limit', 16) * VOLTAGE * ripple) : 0;
  if (kind === 'storage') return Math.round(-800 * daily(device.now, 19));
  if (kind === 'heatPump') return Math.round((700 - 300 * daily(device.now, 14)) * ripple);
  if (kind === 'appliance') return device.is('appliance.state', 'running') ? Math.round(1_100 * ripple) : 1;
  return device.is('onOff.on', false) ? 0 : round(42 * ripple, 1);
}

/** Kilowatt-hours grow by the clock alone: an average day's worth since 2026, on top of the device's own start. */
function counter(device: VirtualDevice, average: number): number {
  return round((Math.max(0, device.now - Date.UTC(2026, 0)) / HOUR_MS) * (average / 1000), 3);
}

export const power: Part = {
  measure(device) {
    const now = watts(device);
    const voltage = round(VOLTAGE + 2 * wander(device.id, device.now, 300_000), 1);
    return {
      'power.power': now,
      'power.voltage': voltage,
      'power.current': round(now / voltage, 2),
      'power.frequency': 50,
      'power.factor': 1,
    };
  },
};

export const energy: Part = {
  measure: (device) => ({
    'energy.imported': device.description.kind === 'solar' ? 0 : counter(device, 40),
    'energy.exported': device.description.kind === 'solar' ? counter(device, 900) : 0,
  }),
};

export const storage: Part = {
  measure(device) {
    const now = watts(device);
    const charge = round(0.55 - 0.35 * daily(device.now, 7), 2);
    return { 'storage.charge': charge, 'storage.state': now > 50 ? 'charging' : now < -50 ? 'discharging' : 'idle' };
  },
};
