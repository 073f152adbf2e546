// Machines that run programs, and vacuums that clean areas.

import { appliance, generic, vacuum, type Value, type Values } from '@lintel/sdk';

import { changeMode, currentMode, firstCluster, modeLabels, modesIn, tagged } from './modes.ts';
import { fieldsOf, invoke, listOf, MappingError, named, numberOf, scaled } from './types.ts';
import type { Action, ClusterMapping, ClusterView, Fields, Plan } from './types.ts';

const STATES = ['stopped', 'running', 'paused', 'error'];
const ERROR = 3;
/** Where each kind of machine keeps its programs. */
const PROGRAMS = [
  'laundryWasherMode',
  'dishwasherMode',
  'ovenMode',
  'microwaveOvenMode',
  'refrigeratorAndTemperatureControlledCabinetMode',
];
const FINISH_STEP_MS = 60_000;

/** When it will be through, to the minute: the device counts seconds down, which need not be told each. */
function finishesAt(attributes: Fields, now: number): string | null {
  const seconds = numberOf(attributes['countdownTime']);
  if (seconds === null || attributes['operationalState'] !== 1) return null;
  return new Date(Math.round((now + seconds * 1000) / FINISH_STEP_MS) * FINISH_STEP_MS).toISOString();
}

function phaseOf(attributes: Fields): string | null {
  const phases = attributes['phaseList'];
  const at = numberOf(attributes['currentPhase']);
  return Array.isArray(phases) && at !== null && typeof phases[at] === 'string' ? phases[at] : null;
}

function errorOf(attributes: Fields): string | null {
  const error = fieldsOf(attributes['operationalError']);
  const id = numberOf(error['errorStateId']);
  if (id === null || id === 0) return null;
  return String(error['errorStateLabel'] ?? error['errorStateDetails'] ?? `error ${id}`);
}

type ApplianceProperty = 'state' | 'program' | 'phase' | 'finishesAt' | 'error';

function programChoice(view: ClusterView): readonly string[] {
  const found = firstCluster(view, PROGRAMS);
  return found === null ? [] : modeLabels(found[1]);
}

function applianceProperties(view: ClusterView): ApplianceProperty[] {
  return ['state', ...(programChoice(view).length > 0 ? (['program'] as const) : []), 'phase', 'finishesAt', 'error'];
}

function chooseProgram(value: Value, view: ClusterView): Plan {
  const found = firstCluster(view, PROGRAMS);
  const mode = found === null ? undefined : modesIn(found[1]).find(({ label }) => label === value);
  if (found === null || mode === undefined)
    throw new MappingError('BAD_VALUE', `this machine has no program ${String(value)}`);
  return { actions: [changeMode(found[0], mode.mode)], then: { 'appliance.program': value } };
}

const machine = (cluster: string): ClusterMapping => ({
  cluster,
  capabilities: (view) => [
    appliance({ properties: applianceProperties(view), values: { program: programChoice(view) } }),
  ],
  values(view, now): Values {
    const { attributes } = view;
    const program = firstCluster(view, PROGRAMS);
    return {
      'appliance.state': named(STATES, attributes['operationalState']),
      ...(programChoice(view).length > 0 && { 'appliance.program': currentMode(program![1])?.label ?? null }),
      'appliance.phase': phaseOf(attributes),
      'appliance.finishesAt': finishesAt(attributes, now),
      'appliance.error':
        attributes['operationalState'] === ERROR ? (errorOf(attributes) ?? 'error') : errorOf(attributes),
    };
  },
  set: { 'appliance.program': chooseProgram },
  commands: Object.fromEntries(
    ['start', 'pause', 'resume', 'stop'].map((name) => [`appliance.${name}`, () => invoke(cluster, name)]),
  ),
});

/** A program stands in a cluster of its own; the machine's row says it, where there is one. */
const program = (cluster: string): ClusterMapping => {
  const isOwn = ({ endpoint }: ClusterView): boolean =>
    !('operationalState' in endpoint.clusters) && !('ovenCavityOperationalState' in endpoint.clusters);
  return {
    cluster,
    capabilities: (view) =>
      isOwn(view)
        ? [appliance({ properties: ['program'], commands: [], values: { program: modeLabels(view.attributes) } })]
        : [],
    values: (view) => (isOwn(view) ? { 'appliance.program': currentMode(view.attributes)?.label ?? null } : {}),
    set: { 'appliance.program': chooseProgram },
  };
};

const temperatureControl: ClusterMapping = {
  cluster: 'temperatureControl',
  capabilities({ attributes, features }) {
    if (features['temperatureNumber'] !== true) return [];
    const [min, max] = [
      scaled(attributes['minTemperature'], 100) ?? -50,
      scaled(attributes['maxTemperature'], 100) ?? 300,
    ];
    return [
      generic({
        targetTemperature: { type: 'number', unit: '°C', label: 'Target temperature', min, max, settable: true },
      }),
    ];
  },
  values: ({ attributes, features }) =>
    features['temperatureNumber'] === true
      ? { 'generic.targetTemperature': scaled(attributes['temperatureSetpoint'], 100) }
      : {},
  set: {
    'generic.targetTemperature': (value) =>
      invoke('temperatureControl', 'setTemperature', { targetTemperature: Math.round(Number(value) * 100) }),
  },
};

const VACUUM_STATES: Readonly<Record<number, string>> = {
  0: 'docked',
  1: 'cleaning',
  2: 'paused',
  3: 'error',
  0x40: 'returning',
  0x41: 'docked',
  0x42: 'docked',
};
const CLEANING_TAG = 0x4001;
const IDLE_TAG = 0x4000;

const clustersOf = ({ endpoint }: ClusterView, name: string): Fields => fieldsOf(endpoint.clusters[name]);
const areaName = ({ areaInfo, areaId }: Fields): string => {
  const info = fieldsOf(areaInfo);
  return String(fieldsOf(info['locationInfo'])['locationName'] ?? `area ${String(areaId)}`);
};

function areasOf(view: ClusterView): { readonly id: number; readonly name: string }[] {
  return listOf(clustersOf(view, 'serviceArea')['supportedAreas']).map((area) => ({
    id: numberOf(area['areaId']) ?? -1,
    name: areaName(area),
  }));
}

type VacuumProperty = 'state' | 'mode' | 'areas' | 'currentArea';

const vacuumProperties = ({ endpoint }: ClusterView): VacuumProperty[] => [
  'state',
  ...('rvcCleanMode' in endpoint.clusters ? (['mode'] as const) : []),
  ...('serviceArea' in endpoint.clusters ? (['areas', 'currentArea'] as const) : []),
];

/** A robot that stands still is docked, unless its run mode says that it cleans. */
function vacuumState(view: ClusterView): string | null {
  const state = named(VACUUM_STATES, view.attributes['operationalState']);
  if (view.attributes['operationalState'] !== 0) return state;
  return currentMode(clustersOf(view, 'rvcRunMode'))?.tags.includes(CLEANING_TAG) === true ? 'cleaning' : state;
}

function selectAreas(asked: unknown, view: ClusterView): Action[] {
  if (!Array.isArray(asked) || asked.length === 0) return [];
  const known = areasOf(view);
  const newAreas = asked.map((each) => {
    const area = known.find(({ id, name }) => name === String(each) || id === each);
    if (area === undefined) throw new MappingError('BAD_VALUE', `the vacuum knows no area ${String(each)}`);
    return area.id;
  });
  return [{ cluster: 'serviceArea', invoke: 'selectAreas', args: { newAreas } }];
}

function startVacuum(args: Fields, view: ClusterView): Plan {
  if (view.attributes['operationalState'] === 2) return invoke('rvcOperationalState', 'resume');
  const cleaning = tagged(clustersOf(view, 'rvcRunMode'), CLEANING_TAG);
  if (cleaning === null) throw new MappingError('UNSUPPORTED', 'this vacuum has no mode for cleaning');
  return { actions: [...selectAreas(args['areas'], view), changeMode('rvcRunMode', cleaning.mode)] };
}

/** Not every robot takes goHome: those without are told to be idle. */
function dock(view: ClusterView): Plan {
  const idle = tagged(clustersOf(view, 'rvcRunMode'), IDLE_TAG);
  const isCleaning = vacuumState(view) === 'cleaning' || vacuumState(view) === 'paused';
  if (isCleaning && idle !== null && view.attributes['operationalState'] === 0)
    return { actions: [changeMode('rvcRunMode', idle.mode)] };
  return invoke('rvcOperationalState', 'goHome');
}

const rvc: ClusterMapping = {
  cluster: 'rvcOperationalState',
  capabilities: (view) => [
    vacuum({
      properties: vacuumProperties(view),
      commands: ['start', 'pause', 'dock', ...('identify' in view.endpoint.clusters ? ['locate'] : [])],
      values: { mode: modeLabels(clustersOf(view, 'rvcCleanMode')) },
    }),
  ],
  values(view): Values {
    const current = numberOf(clustersOf(view, 'serviceArea')['currentArea']);
    const areas = areasOf(view);
    const all: Record<VacuumProperty, Value> = {
      state: vacuumState(view),
      mode: currentMode(clustersOf(view, 'rvcCleanMode'))?.label ?? null,
      areas: areas.map(({ name }) => name).join(', '),
      currentArea: areas.find(({ id }) => id === current)?.name ?? null,
    };
    return Object.fromEntries(vacuumProperties(view).map((name) => [`vacuum.${name}`, all[name]]));
  },
  set: {
    'vacuum.mode': (value, view) => {
      const mode = modesIn(clustersOf(view, 'rvcCleanMode')).find(({ label }) => label === value);
      if (mode === undefined) throw new MappingError('BAD_VALUE', `this vacuum has no mode ${String(value)}`);
      return { actions: [changeMode('rvcCleanMode', mode.mode)], then: { 'vacuum.mode': value } };
    },
  },
  commands: {
    'vacuum.start': startVacuum,
    'vacuum.pause': () => invoke('rvcOperationalState', 'pause'),
    'vacuum.dock': (_args, view) => dock(view),
    'vacuum.locate': () => invoke('identify', 'identify', { identifyTime: 10 }),
  },
};

export const APPLIANCES: readonly ClusterMapping[] = [
  machine('operationalState'),
  machine('ovenCavityOperationalState'),
  ...PROGRAMS.map(program),
  temperatureControl,
  rvc,
];

/** Clusters whose values another row says: a change of theirs is a change there. */
export const SAID_ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(PROGRAMS.map((name) => [name, ['operationalState', 'ovenCavityOperationalState']])),
  rvcRunMode: ['rvcOperationalState'],
  rvcCleanMode: ['rvcOperationalState'],
  serviceArea: ['rvcOperationalState'],
  onOff: ['levelControl'],
  electricalPowerMeasurement: ['powerSource'],
};
