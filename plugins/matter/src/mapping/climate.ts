// Heating, cooling and moving air.

import { fan, temperature, thermostat, type Values } from '@lintel/sdk';

import { genericCapability, genericValues } from './generic.ts';
import { choosePreset, hasPresets, presetNames, presetOf } from './presets.ts';
import { clamp, fieldsOf, named, numberOf, scaled, write } from './types.ts';
import type { ClusterMapping, ClusterView } from './types.ts';

const MODES: Readonly<Record<number, string>> = {
  0: 'off',
  1: 'auto',
  3: 'cool',
  4: 'heat',
  5: 'heat',
  6: 'cool',
  7: 'fan',
  8: 'dry',
};
const MODE_NUMBERS: Readonly<Record<string, number>> = { off: 0, auto: 1, cool: 3, heat: 4, fan: 7, dry: 8 };

function modesOf({ features }: ClusterView): string[] {
  const { heating = false, cooling = false, autoMode = false } = features;
  return ['off', ...(heating ? ['heat'] : []), ...(cooling ? ['cool'] : []), ...(autoMode ? ['auto'] : [])];
}

function limits(view: ClusterView, name: 'Heat' | 'Cool', usual: readonly [number, number]): [number, number] {
  const limit = (end: 'min' | 'max', at: 0 | 1): number =>
    scaled(view.attributes[`${end}${name}SetpointLimit`], 100) ??
    scaled(view.attributes[`abs${end === 'min' ? 'Min' : 'Max'}${name}SetpointLimit`], 100) ??
    usual[at];
  return [limit('min', 0), limit('max', 1)];
}

/** What the relays say; a thermostat without them says what mode it runs in. */
function running({ attributes }: ClusterView): string | null {
  const relays = attributes['thermostatRunningState'];
  if (relays !== undefined && relays !== null) {
    const { heat, heatStage2, cool, coolStage2 } = fieldsOf(relays);
    if (heat === true || heatStage2 === true) return 'heating';
    return cool === true || coolStage2 === true ? 'cooling' : 'idle';
  }
  return named({ 0: 'idle', 3: 'cooling', 4: 'heating' }, attributes['thermostatRunningMode']);
}

const knowsRunning = ({ attributes }: ClusterView): boolean =>
  attributes['thermostatRunningState'] !== undefined || attributes['thermostatRunningMode'] !== undefined;

type Property = 'mode' | 'heatingSetpoint' | 'coolingSetpoint' | 'running' | 'calibration' | 'preset' | 'valve';

function propertiesOf(view: ClusterView): Property[] {
  const { heating = false, cooling = false } = view.features;
  return [
    'mode',
    ...(heating ? (['heatingSetpoint'] as const) : []),
    ...(cooling ? (['coolingSetpoint'] as const) : []),
    ...(knowsRunning(view) ? (['running'] as const) : []),
    ...(view.attributes['localTemperatureCalibration'] !== undefined ? (['calibration'] as const) : []),
    ...(hasPresets(view) ? (['preset'] as const) : []),
    ...(heating && view.attributes['piHeatingDemand'] !== undefined ? (['valve'] as const) : []),
  ];
}

const measuresItself = ({ endpoint }: ClusterView): boolean => !('temperatureMeasurement' in endpoint.clusters);

const setpoint = (attribute: string) => (value: unknown) =>
  write('thermostat', { [attribute]: Math.round(Number(value) * 100) });

const thermostatMapping: ClusterMapping = {
  cluster: 'thermostat',
  capabilities: (view) => [
    thermostat({
      properties: propertiesOf(view),
      values: { mode: modesOf(view), ...(hasPresets(view) && { preset: presetNames(view) }) },
      limits: {
        heatingSetpoint: limits(view, 'Heat', [7, 30]),
        coolingSetpoint: limits(view, 'Cool', [16, 32]),
        calibration: [-2.5, 2.5],
      },
    }),
    ...(measuresItself(view) ? [temperature()] : []),
  ],
  values(view): Values {
    const { attributes } = view;
    const all: Record<Property, string | number | null> = {
      mode: named(MODES, attributes['systemMode']),
      heatingSetpoint: scaled(attributes['occupiedHeatingSetpoint'], 100),
      coolingSetpoint: scaled(attributes['occupiedCoolingSetpoint'], 100),
      running: running(view),
      calibration: scaled(attributes['localTemperatureCalibration'], 10),
      preset: presetOf(view),
      valve: scaled(attributes['piHeatingDemand'], 100),
    };
    const own = propertiesOf(view).map((name) => [`thermostat.${name}`, all[name]] as const);
    return {
      ...Object.fromEntries(own),
      ...(measuresItself(view) && { 'temperature.temperature': scaled(attributes['localTemperature'], 100) }),
    };
  },
  set: {
    'thermostat.mode': (value) => write('thermostat', { systemMode: MODE_NUMBERS[String(value)] }),
    'thermostat.heatingSetpoint': setpoint('occupiedHeatingSetpoint'),
    'thermostat.coolingSetpoint': setpoint('occupiedCoolingSetpoint'),
    'thermostat.preset': choosePreset,
    'thermostat.calibration': (value) =>
      write('thermostat', { localTemperatureCalibration: Math.round(Number(value) * 10) }),
  },
};

const BUTTONS = 'thermostatUserInterfaceConfiguration';
const LOCKOUT = 'keypadLockout';

/** Whether its buttons are for anyone; what else is set of its display is shown as the cluster says it. */
const buttons: ClusterMapping = {
  cluster: BUTTONS,
  capabilities(view) {
    const { [LOCKOUT]: lockout, ...others } = view.attributes;
    const rest = genericCapability(BUTTONS, others);
    return [
      ...(isOfThermostat(view) && lockout !== undefined ? [thermostat({ properties: ['childLock'] })] : []),
      ...(rest === null ? [] : [rest]),
    ];
  },
  values(view) {
    const { [LOCKOUT]: lockout, ...others } = view.attributes;
    const isLocked = numberOf(lockout);
    return {
      ...(isOfThermostat(view) && { 'thermostat.childLock': isLocked === null ? null : isLocked > 0 }),
      ...genericValues(BUTTONS, others),
    };
  },
  set: { 'thermostat.childLock': (value) => write(BUTTONS, { [LOCKOUT]: value === true ? 1 : 0 }) },
};
const isOfThermostat = ({ endpoint }: ClusterView): boolean => 'thermostat' in endpoint.clusters;

const OFF = 0;
/** Of Matter's fan modes, by the sequence that the fan says it has. */
const FAN_MODES: Readonly<Record<string, number>> = { off: OFF, low: 1, medium: 2, high: 3, auto: 5 };
const SEQUENCES: readonly (readonly string[])[] = [
  ['off', 'low', 'medium', 'high'],
  ['off', 'low', 'high'],
  ['off', 'low', 'medium', 'high', 'auto'],
  ['off', 'low', 'high', 'auto'],
  ['off', 'high', 'auto'],
  ['off', 'high'],
];
const FAN_NAMES: Readonly<Record<number, string>> = {
  0: 'off',
  1: 'low',
  2: 'medium',
  3: 'high',
  4: 'high',
  5: 'auto',
  6: 'auto',
};
const DIRECTIONS = ['forward', 'reverse'];

const fanModes = ({ attributes }: ClusterView): readonly string[] =>
  SEQUENCES[numberOf(attributes['fanModeSequence']) ?? 0] ?? SEQUENCES[0]!;

const fanControl: ClusterMapping = {
  cluster: 'fanControl',
  capabilities: (view) => [
    fan({
      properties: ['speed', 'mode', ...(view.features['airflowDirection'] === true ? (['direction'] as const) : [])],
      values: { mode: fanModes(view), direction: DIRECTIONS },
    }),
  ],
  values: ({ attributes, features }) => ({
    // Some fans keep the setting for the next time when they are switched off.
    'fan.speed':
      attributes['fanMode'] === OFF ? 0 : scaled(attributes['percentSetting'] ?? attributes['percentCurrent'], 100),
    'fan.mode': named(FAN_NAMES, attributes['fanMode']),
    ...(features['airflowDirection'] === true && {
      'fan.direction': named(DIRECTIONS, attributes['airflowDirection']),
    }),
  }),
  set: {
    'fan.speed': (value) => write('fanControl', { percentSetting: clamp(Math.round(Number(value) * 100), 0, 100) }),
    'fan.mode': (value) => write('fanControl', { fanMode: FAN_MODES[String(value)] }),
    'fan.direction': (value) => write('fanControl', { airflowDirection: DIRECTIONS.indexOf(String(value)) }),
  },
};

export const CLIMATE: readonly ClusterMapping[] = [thermostatMapping, buttons, fanControl];
