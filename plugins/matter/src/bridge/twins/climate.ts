// Thermostats, valves and locks.

import { ThermostatServer } from '@matter/main/behaviors/thermostat';
import { DoorLockDevice } from '@matter/main/devices/door-lock';
import { ThermostatDevice } from '@matter/main/devices/thermostat';
import { WaterValveDevice } from '@matter/main/devices/water-valve';

import { BridgedValve } from '../behaviors.ts';
import { BridgedLock, operated } from '../door.ts';
import {
  CELSIUS_MIN,
  INT16_MAX,
  measured,
  numberOr,
  telling,
  within,
  type Facet,
  type Source,
  type Twin,
} from '../facet.ts';

const HUNDREDTHS = 100;
/** The home's words for Matter's numbers. */
const MODES: Readonly<Record<string, number>> = { off: 0, auto: 1, cool: 3, heat: 4, fan: 7, dry: 8 };
const modeOf = (number: unknown): string | undefined => Object.keys(MODES).find((mode) => MODES[mode] === number);

interface Setpoint {
  readonly property: 'heatingSetpoint' | 'coolingSetpoint';
  readonly attribute: 'occupiedHeatingSetpoint' | 'occupiedCoolingSetpoint';
  readonly verb: 'Heat' | 'Cool';
  readonly usual: number;
}
const HEATING: Setpoint = {
  property: 'heatingSetpoint',
  attribute: 'occupiedHeatingSetpoint',
  verb: 'Heat',
  usual: 20,
};
const COOLING: Setpoint = {
  property: 'coolingSetpoint',
  attribute: 'occupiedCoolingSetpoint',
  verb: 'Cool',
  usual: 26,
};

function setpointState(source: Source, { property, attribute, verb, usual }: Setpoint, value: unknown): object {
  const limits = source.property('thermostat', property);
  const min = Math.round((limits?.min ?? (verb === 'Heat' ? 7 : 16)) * HUNDREDTHS);
  const max = Math.round((limits?.max ?? (verb === 'Heat' ? 30 : 32)) * HUNDREDTHS);
  return {
    [attribute]: within(Math.round(numberOr(value, usual) * HUNDREDTHS), min, max),
    [`min${verb}SetpointLimit`]: min,
    [`max${verb}SetpointLimit`]: max,
    [`absMin${verb}SetpointLimit`]: min,
    [`absMax${verb}SetpointLimit`]: max,
  };
}

function thermostatFacet(source: Source): Facet {
  const setpoints = [HEATING, COOLING].filter(({ property }) => source.property('thermostat', property) !== undefined);
  const has = (setpoint: Setpoint): boolean => setpoints.includes(setpoint);
  const features = [has(HEATING) && 'Heating', has(COOLING) && 'Cooling'].filter((each) => each !== false);
  const modes = source.property('thermostat', 'mode')?.values ?? Object.keys(MODES);
  const usual = has(HEATING) ? MODES['heat']! : MODES['cool']!;
  return {
    behaviors: [ThermostatServer.with(...(features as ('Heating' | 'Cooling')[]))],
    watched: ['thermostat.systemMode', ...setpoints.map(({ attribute }) => `thermostat.${attribute}`)],
    toMatter: (values) => {
      const mode = MODES[String(values['thermostat.mode'])] ?? usual;
      return {
        thermostat: {
          localTemperature: measured(
            values['temperature.temperature'],
            (each) => each * HUNDREDTHS,
            CELSIUS_MIN,
            INT16_MAX,
          ),
          ...Object.assign(
            {},
            ...setpoints.map((each) => setpointState(source, each, values[`thermostat.${each.property}`])),
          ),
          controlSequenceOfOperation: has(HEATING) ? (has(COOLING) ? 4 : 2) : 0,
          systemMode: mode === MODES['auto'] ? usual : mode,
        },
      };
    },
    toHome: ({ thermostat = {} }, changed) => {
      const mode = modeOf(thermostat['systemMode']);
      const asked = setpoints.filter(({ attribute }) => changed.has(`thermostat.${attribute}`));
      return {
        ...(changed.has('thermostat.systemMode') &&
          mode !== undefined &&
          modes.includes(mode) && { 'thermostat.mode': mode }),
        ...Object.fromEntries(
          asked.map(({ property, attribute }) => [
            `thermostat.${property}`,
            numberOr(thermostat[attribute], 0) / HUNDREDTHS,
          ]),
        ),
      };
    },
  };
}

const valveFacet: Facet = telling([BridgedValve], (values) => ({
  valveConfigurationAndControl: {
    openDuration: null,
    defaultOpenDuration: null,
    remainingDuration: null,
    currentState: values['valve.open'] === true ? 1 : 0,
    targetState: null,
  },
}));

/** What is not known is null. */
const LOCK_STATES: Readonly<Record<string, number>> = { jammed: 0, locked: 1, unlocked: 2, unlatched: 3 };

const lockFacet: Facet = {
  ...telling([BridgedLock], (values) => ({
    doorLock: {
      lockState: LOCK_STATES[String(values['lock.state'])] ?? null,
      lockType: 0,
      actuatorEnabled: true,
      operatingMode: 0,
      supportedOperatingModes: {
        normal: false,
        vacation: true,
        privacy: true,
        noRemoteLockUnlock: true,
        passage: true,
        alwaysSet: 2047,
      },
    },
  })),
  happened: operated,
};

export function climateTwins(source: Source): Twin[] {
  const endpoint = source.endpoint.id;
  const canSet = ['heatingSetpoint', 'coolingSetpoint'].some((name) => source.property('thermostat', name));
  return [
    ...(canSet ? [{ name: 'thermostat', endpoint, type: ThermostatDevice, facets: [thermostatFacet(source)] }] : []),
    ...(source.has('valve') ? [{ name: 'valve', endpoint, type: WaterValveDevice, facets: [valveFacet] }] : []),
    ...(source.has('lock') ? [{ name: 'lock', endpoint, type: DoorLockDevice, facets: [lockFacet] }] : []),
  ];
}
