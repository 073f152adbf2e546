// Vacuums, and machines that run programs.

import { DishwasherModeServer } from '@matter/main/behaviors/dishwasher-mode';
import { LaundryWasherModeServer } from '@matter/main/behaviors/laundry-washer-mode';
import { RvcCleanModeServer } from '@matter/main/behaviors/rvc-clean-mode';
import { DishwasherDevice } from '@matter/main/devices/dishwasher';
import { LaundryDryerDevice } from '@matter/main/devices/laundry-dryer';
import { LaundryWasherDevice } from '@matter/main/devices/laundry-washer';
import { RoboticVacuumCleanerDevice } from '@matter/main/devices/robotic-vacuum-cleaner';
import type { EndpointType } from '@matter/main';

import type { Value } from '@lintel/sdk';

import { cut } from '../about.ts';
import { telling, type Facet, type Source, type Twin } from '../facet.ts';
import { BridgedAreas, BridgedMachine, BridgedRun, BridgedVacuum, CLEANING, IDLE } from '../machine.ts';
import { choosing } from '../modes.ts';

const TEXT_BYTES_MAX = 64;
const ERROR = 3;
/** Structures are patched: what is not said stays as it was. */
const NO_ERROR = { errorStateId: 0, errorStateDetails: undefined };
/** The home does not say in numbers what is wrong: what was begun cannot be completed. */
const UNABLE_TO_COMPLETE = 2;

const errorOf = (state: number, text: Value | undefined): object => {
  if (state !== ERROR) return NO_ERROR;
  return {
    errorStateId: UNABLE_TO_COMPLETE,
    errorStateDetails: typeof text === 'string' ? cut(text, TEXT_BYTES_MAX) : undefined,
  };
};

const STATES: Readonly<Record<string, number>> = { running: 1, paused: 2, error: ERROR };
const operationalStateList = [0, 1, 2, ERROR].map((operationalStateId) => ({ operationalStateId }));
const COUNTDOWN_MAX = 259_200;
const SECOND_MS = 1000;

function countdown(finishesAt: Value | undefined): number | null {
  const seconds = Math.round((Date.parse(String(finishesAt)) - Date.now()) / SECOND_MS);
  return Number.isNaN(seconds) ? null : Math.min(COUNTDOWN_MAX, Math.max(0, seconds));
}

const running: Facet = telling([BridgedMachine], (values) => {
  const operationalState = STATES[String(values['appliance.state'])] ?? 0;
  const phase = values['appliance.phase'];
  const hasPhase = typeof phase === 'string';
  return {
    operationalState: {
      phaseList: hasPhase ? [cut(phase, TEXT_BYTES_MAX)] : null,
      currentPhase: hasPhase ? 0 : null,
      countdownTime: countdown(values['appliance.finishesAt']),
      operationalStateList,
      operationalState,
      operationalError: errorOf(operationalState, values['appliance.error']),
    },
  };
});

const NORMAL = 0x4000;
const normalFirst = (index: number): number[] => (index === 0 ? [NORMAL] : []);
const program = { capability: 'appliance', property: 'program', tagsAt: normalFirst };
const washing = { ...program, behavior: LaundryWasherModeServer, cluster: 'laundryWasherMode' };
const dishwashing = { ...program, behavior: DishwasherModeServer, cluster: 'dishwasherMode' };

interface Machine {
  readonly words: RegExp;
  readonly type: EndpointType;
  readonly programs: Parameters<typeof choosing>[1];
}

/** The home knows no kinds of machines: its model, id or name says which one it is. */
const MACHINES: readonly Machine[] = [
  { words: /dish|geschirr|spül|vaisselle|lavavajillas/i, type: DishwasherDevice, programs: dishwashing },
  { words: /dryer|trockner|sèche|secadora/i, type: LaundryDryerDevice, programs: washing },
  { words: /wash|laundry|waschm|lave-linge|lavadora/i, type: LaundryWasherDevice, programs: washing },
];
const OTHERWISE = MACHINES[0]!;

function machineOf({ device, endpoint }: Source): Machine {
  const said = [device.model, endpoint.name, device.id, device.name].filter((each) => each !== null);
  for (const text of said) {
    const found = MACHINES.find(({ words }) => words.test(text));
    if (found !== undefined) return found;
  }
  return OTHERWISE;
}

const VACUUM_STATES: Readonly<Record<string, number>> = {
  docked: 0x42,
  cleaning: 1,
  returning: 0x40,
  paused: 2,
  error: ERROR,
};
const vacuumStateList = [0, 1, 2, ERROR, 0x40, 0x41, 0x42].map((operationalStateId) => ({ operationalStateId }));
const IDLE_TAG = 0x4000;
const CLEANING_TAG = 0x4001;
const runModes = [
  { label: 'Idle', mode: IDLE, modeTags: [{ value: IDLE_TAG }] },
  { label: 'Clean', mode: CLEANING, modeTags: [{ value: CLEANING_TAG }] },
];

const cleaning: Facet = telling([BridgedRun, BridgedVacuum], ({ 'vacuum.state': said }) => {
  const operationalState = VACUUM_STATES[String(said)] ?? 0;
  return {
    rvcRunMode: {
      supportedModes: runModes,
      currentMode: said === 'cleaning' || said === 'paused' ? CLEANING : IDLE,
    },
    rvcOperationalState: {
      phaseList: null,
      currentPhase: null,
      operationalStateList: vacuumStateList,
      operationalState,
      operationalError: errorOf(operationalState, null),
    },
  };
});

const VACUUM_TAG = 0x4001;
const cleanModes = {
  behavior: RvcCleanModeServer,
  cluster: 'rvcCleanMode',
  capability: 'vacuum',
  property: 'mode',
  tagsAt: () => [VACUUM_TAG],
};

const AREA_BYTES_MAX = 128;
const AREAS_MAX = 255;

/** Areas come as a JSON list, or with commas between them. */
function areasOf(said: Value | undefined): string[] {
  if (typeof said !== 'string') return [];
  const list: unknown = said.startsWith('[') ? parsed(said) : said.split(',');
  const names = Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [];
  const plain = names.map((each) => cut(each, AREA_BYTES_MAX)).filter((each) => each !== '');
  return [...new Set(plain)].slice(0, AREAS_MAX);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const areas: Facet = telling([BridgedAreas], (values) => {
  const names = areasOf(values['vacuum.areas']);
  const current = names.indexOf(String(values['vacuum.currentArea']));
  return {
    serviceArea: {
      supportedMaps: [],
      supportedAreas: names.map((locationName, at) => ({
        areaId: at + 1,
        mapId: null,
        areaInfo: { locationInfo: { locationName, floorNumber: null, areaType: null }, landmarkInfo: null },
      })),
      currentArea: current === -1 ? null : current + 1,
    },
  };
});

function vacuumFacets(source: Source): Facet[] {
  const knowsAreas = source.property('vacuum', 'areas') !== undefined;
  return [cleaning, ...choosing(source, cleanModes), ...(knowsAreas ? [areas] : [])];
}

export function machineTwins(source: Source): Twin[] {
  const endpoint = source.endpoint.id;
  if (source.has('vacuum')) {
    return [{ name: 'vacuum', endpoint, type: RoboticVacuumCleanerDevice, facets: vacuumFacets(source) }];
  }
  if (source.property('appliance', 'state') === undefined) return [];
  const { type, programs } = machineOf(source);
  return [{ name: 'machine', endpoint, type, facets: [running, ...choosing(source, programs)] }];
}
