// Electricity: what flows, what was counted, what is stored, and the charger of a car.

import { battery, energy, evse, power, storage, type Values } from '@lintel/sdk';

import { BATTERY_STORAGE } from './device-types.ts';
import { clamp, fieldsOf, invoke, named, numberOf, scaled, type ClusterMapping, type ClusterView } from './types.ts';

const MILLI = 1000;
const MILLIWATTHOURS_PER_KWH = 1e6;

/** Each property, the attribute it is in, and by how much that is larger. */
const POWER = [
  ['power', 'activePower', MILLI],
  ['voltage', 'voltage', MILLI],
  ['current', 'activeCurrent', MILLI],
  ['frequency', 'frequency', MILLI],
  ['factor', 'powerFactor', 10_000],
] as const;

/** With alternating current some devices tell only what is effective. */
const EFFECTIVE: Readonly<Record<string, string>> = { voltage: 'rmsVoltage', activeCurrent: 'rmsCurrent' };

function readingOf({ attributes }: ClusterView, attribute: string): unknown {
  const own = attributes[attribute];
  return own === undefined || own === null ? (attributes[EFFECTIVE[attribute] ?? ''] ?? own) : own;
}

const powersOf = (view: ClusterView) => POWER.filter(([, attribute]) => readingOf(view, attribute) !== undefined);

const electricalPower: ClusterMapping = {
  cluster: 'electricalPowerMeasurement',
  capabilities: (view) => [power({ properties: powersOf(view).map(([property]) => property) })],
  values: (view) =>
    Object.fromEntries(
      powersOf(view).map(([property, attribute, by]) => [`power.${property}`, scaled(readingOf(view, attribute), by)]),
    ),
};

const COUNTERS = [
  ['imported', 'cumulativeEnergyImported', 'importedEnergy'],
  ['exported', 'cumulativeEnergyExported', 'exportedEnergy'],
] as const;

const countersOf = ({ features, attributes }: ClusterView) =>
  COUNTERS.filter(([, attribute, feature]) => features[feature] === true && attributes[attribute] !== undefined);

const electricalEnergy: ClusterMapping = {
  cluster: 'electricalEnergyMeasurement',
  capabilities(view) {
    const counters = countersOf(view);
    return counters.length === 0 ? [] : [energy({ properties: counters.map(([property]) => property), commands: [] })];
  },
  values: (view) =>
    Object.fromEntries(
      countersOf(view).map(([property, attribute]) => {
        const read = fieldsOf(view.attributes[attribute])['energy'];
        return [`energy.${property}`, scaled(read, MILLIWATTHOURS_PER_KWH, 6)];
      }),
    ),
};

const DISABLED = 0;
const EVSE_STATES = ['unplugged', 'plugged', 'plugged', 'charging', 'charging', 'plugged', 'error'];

const energyEvse: ClusterMapping = {
  cluster: 'energyEvse',
  capabilities: ({ attributes }) => [
    evse({ limits: { limit: [0, scaled(attributes['circuitCapacity'], MILLI) ?? 80] } }),
  ],
  values: ({ attributes }) => ({
    'evse.state': named(EVSE_STATES, attributes['state']),
    'evse.limit': attributes['supplyState'] === DISABLED ? 0 : scaled(attributes['maximumChargeCurrent'], MILLI),
  }),
  set: {
    'evse.limit': (value, { attributes }) => {
      const most = Math.round(Number(value) * MILLI);
      if (most === 0) return invoke('energyEvse', 'disable');
      const least = Math.min(numberOf(attributes['minimumChargeCurrent']) ?? 0, most);
      const currents = { minimumChargeCurrent: least, maximumChargeCurrent: most };
      return invoke('energyEvse', 'enableCharging', { chargingEnabledUntil: null, ...currents });
    },
  },
};

const LOW_FROM = 1;
const CHARGE_STATES: Readonly<Record<number, string>> = { 1: 'charging', 2: 'idle', 3: 'idle' };
/** Of Matter's designations, those that are printed on cells people buy. */
const CELLS: Readonly<Record<number, string>> = {
  1: 'AAA',
  2: 'AA',
  3: 'C',
  4: 'D',
  7: '9V',
  9: 'AAAA',
  13: 'N',
  16: 'A23',
  17: 'A27',
  29: 'CR123A',
  30: 'CR2',
  31: '2CR5',
  36: 'SR44',
  76: '18650',
};
const BY_COUNT = 200;

const isStorage = ({ endpoint }: ClusterView): boolean =>
  [...endpoint.deviceTypes, ...(endpoint.above ?? [])].includes(BATTERY_STORAGE);

function cellOf({ attributes }: ClusterView): string | null {
  const described =
    attributes['batReplacementDescription'] || attributes['batIecDesignation'] || attributes['batAnsiDesignation'];
  return (
    named(CELLS, attributes['batCommonDesignation']) ?? (typeof described === 'string' ? described.slice(0, 60) : null)
  );
}

/** Lifetime and shape of what a battery can tell. */
function batteryProperties(view: ClusterView): ('level' | 'low' | 'voltage' | 'type')[] {
  const { attributes } = view;
  const has = (name: string): boolean => attributes[name] !== undefined;
  return [
    ...(has('batPercentRemaining') ? (['level'] as const) : []),
    'low',
    ...(has('batVoltage') ? (['voltage'] as const) : []),
    ...(cellOf(view) !== null ? (['type'] as const) : []),
  ];
}

/** By the power that flows where it is measured, else by what the charger says. */
function storageState({ attributes, endpoint }: ClusterView): string | null {
  const flow = numberOf(fieldsOf(endpoint.clusters['electricalPowerMeasurement'])['activePower']);
  if (flow !== null) return flow > 0 ? 'charging' : flow < 0 ? 'discharging' : 'idle';
  return named(CHARGE_STATES, attributes['batChargeState']);
}

const powerSource: ClusterMapping = {
  cluster: 'powerSource',
  capabilities(view) {
    if (view.features['battery'] !== true) return [];
    return isStorage(view) ? [storage()] : [battery({ properties: batteryProperties(view) })];
  },
  values(view): Values {
    if (view.features['battery'] !== true) return {};
    const { attributes } = view;
    const level = scaled(attributes['batPercentRemaining'], BY_COUNT);
    if (isStorage(view)) return { 'storage.charge': level, 'storage.state': storageState(view) };
    const charge = numberOf(attributes['batChargeLevel']);
    const all: Record<string, string | number | boolean | null> = {
      level: level === null ? null : clamp(level, 0, 1),
      low: charge === null ? null : charge >= LOW_FROM,
      voltage: scaled(attributes['batVoltage'], MILLI),
      type: cellOf(view),
    };
    return Object.fromEntries(batteryProperties(view).map((name) => [`battery.${name}`, all[name] ?? null]));
  },
};

export const ENERGY: readonly ClusterMapping[] = [electricalPower, electricalEnergy, energyEvse, powerSource];
