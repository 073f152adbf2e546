// Vacuums: what they do, how they clean, and where.

import { RvcCleanModeServer } from '@matter/main/behaviors/rvc-clean-mode';
import { RoboticVacuumCleanerDevice } from '@matter/main/devices/robotic-vacuum-cleaner';

import type { Value } from '@lintel/sdk';

import { cut } from '../about.ts';
import { telling, type Facet, type Source, type Twin } from '../facet.ts';
import { BridgedAreas, BridgedRun, BridgedVacuum, CLEANING, IDLE } from '../machine.ts';
import { choosing } from '../modes.ts';
import { ERROR, errorOf } from './running.ts';

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

export function vacuumTwins(source: Source): Twin[] {
  if (!source.has('vacuum')) return [];
  const endpoint = source.endpoint.id;
  return [{ name: 'vacuum', endpoint, type: RoboticVacuumCleanerDevice, facets: vacuumFacets(source) }];
}
