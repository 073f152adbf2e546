// Ovens and refrigerators: each is made of cabinets, which hold a temperature and run programs (Device Library Specification,
// Oven, Refrigerator, Temperature Controlled Cabinet).

import { DescriptorServer } from '@matter/main/behaviors/descriptor';
import { OvenModeServer } from '@matter/main/behaviors/oven-mode';
import { RefrigeratorAndTemperatureControlledCabinetModeServer } from '@matter/main/behaviors/refrigerator-and-temperature-controlled-cabinet-mode';
import { TemperatureMeasurementServer } from '@matter/main/behaviors/temperature-measurement';
import { OvenDevice } from '@matter/main/devices/oven';
import { RefrigeratorDevice } from '@matter/main/devices/refrigerator';
import { TemperatureControlledCabinetDevice } from '@matter/main/devices/temperature-controlled-cabinet';
import type { EndpointType } from '@matter/main';

import { cut } from '../about.ts';
import { BridgedCavity, BridgedTemperature, TARGET } from '../cabinet.ts';
import { INT16_MAX, numberOr, telling, within, type Facet, type Source, type Twin } from '../facet.ts';
import { choosing, type Choosing } from '../modes.ts';
import { operationOf } from './running.ts';
import { measuredTemperature } from './sensors.ts';

type Words = readonly (readonly [RegExp, number])[];

const tagsIn = (words: Words, label: string): number[] =>
  words.filter(([word]) => word.test(label)).map(([, tag]) => tag);

/** By what each is called; where none is called so, the first is what the cluster wants one to be. */
const tagging =
  (words: Words, wanted: number): Choosing['tagsAt'] =>
  (index, labels) => {
    const isSaid = labels.some((label) => tagsIn(words, label).includes(wanted));
    return [...(isSaid || index > 0 ? [] : [wanted]), ...tagsIn(words, labels[index]!)];
  };

const BAKE = 0x4000;
const COOKING: Words = [
  [/bake|backen/i, BAKE],
  [/convection|hot air|umluft|heißluft/i, 0x4001],
  [/grill|broil/i, 0x4002],
  [/roast|braten/i, 0x4003],
  [/clean|pyroly/i, 0x4004],
  [/warm/i, 0x4007],
  [/proof|gären/i, 0x4008],
  [/steam|dampf/i, 0x4009],
  [/air ?fry/i, 0x400a],
];
const AUTO = 0;
const COOLING: Words = [
  [/auto|normal/i, AUTO],
  [/(rapid|fast|super) ?(cool|kühl)/i, 0x4000],
  [/(rapid|fast|super) ?(freez|gefrier)/i, 0x4001],
];

const program = { capability: 'appliance', property: 'program' };

interface Cupboard {
  readonly type: EndpointType;
  readonly programs: Choosing;
  /** Whether its cabinets begin and end what they do. */
  readonly runs: boolean;
}

const CUPBOARDS: Readonly<Record<'oven' | 'refrigerator', Cupboard>> = {
  oven: {
    type: OvenDevice,
    programs: { ...program, behavior: OvenModeServer, cluster: 'ovenMode', tagsAt: tagging(COOKING, BAKE) },
    runs: true,
  },
  refrigerator: {
    type: RefrigeratorDevice,
    programs: {
      ...program,
      behavior: RefrigeratorAndTemperatureControlledCabinetModeServer,
      cluster: 'refrigeratorAndTemperatureControlledCabinetMode',
      tagsAt: tagging(COOLING, AUTO),
    },
    runs: false,
  },
};

const HUNDREDTHS = 100;
const MIN_USUAL = -50;
const MAX_USUAL = 300;

function holding(source: Source): Facet[] {
  const target = source.property('generic', TARGET);
  if (target?.type !== 'number' || !target.settable) return [];
  const least = within(Math.round((target.min ?? MIN_USUAL) * HUNDREDTHS), -INT16_MAX, INT16_MAX - 1);
  const most = within(Math.round((target.max ?? MAX_USUAL) * HUNDREDTHS), least + 1, INT16_MAX);
  const state = (value: unknown) => ({
    temperatureSetpoint: within(Math.round(numberOr(value, 0) * HUNDREDTHS), least, most),
    minTemperature: least,
    maxTemperature: most,
  });
  return [telling([BridgedTemperature], (values) => ({ temperatureControl: state(values[`generic.${TARGET}`]) }))];
}

const cooking = telling([BridgedCavity], (values) => ({ ovenCavityOperationalState: operationOf(values) }));
const measuring = telling([TemperatureMeasurementServer], measuredTemperature);

function cabinetOf(source: Source, { programs, runs }: Cupboard): Twin {
  const facets = [
    ...holding(source),
    ...(runs && source.property('appliance', 'state') !== undefined ? [cooking] : []),
    ...choosing(source, programs),
    ...(source.has('temperature') ? [measuring] : []),
  ];
  return { name: 'cabinet', endpoint: source.endpoint.id, type: TemperatureControlledCabinetDevice, facets };
}

/** An oven or a refrigerator of this one cabinet. */
export function cabinetTwins(source: Source, called: 'oven' | 'refrigerator'): Twin[] {
  const isOne = ['appliance', 'temperature'].some((name) => source.has(name)) || holding(source).length > 0;
  if (!isOne) return [];
  const cupboard = CUPBOARDS[called];
  const parts = [cabinetOf(source, cupboard)];
  return [{ name: 'machine', endpoint: source.endpoint.id, type: cupboard.type, facets: [], parts }];
}

const NUMBERS = { namespaceId: 0x07, max: 20 };
const LABEL_BYTES_MAX = 64;

/** What tells a cabinet from its neighbours. */
const tagged = (cabinet: Twin, at: number, name: string | null): Twin => {
  const tag = { mfgCode: null, namespaceId: NUMBERS.namespaceId, tag: Math.min(at + 1, NUMBERS.max) };
  const label = name === null ? {} : { label: cut(name, LABEL_BYTES_MAX) };
  const facet = telling([DescriptorServer.with('TagList')], () => ({
    descriptor: { tagList: [{ ...tag, ...label }] },
  }));
  return { ...cabinet, facets: [...cabinet.facets, facet] };
};

/** A device has one oven or one refrigerator, with all its cabinets in it. */
export function gathered(twins: readonly Twin[], nameOf: (endpoint: string) => string | null): Twin[] {
  const [first, ...more] = twins.filter(({ parts }) => parts !== undefined);
  if (first === undefined || more.length === 0) return [...twins];
  // What another cabinet's endpoint tells beside it, such as a meter, stays with the cabinet.
  const others = more.flatMap(({ parts = [], facets }) =>
    parts.map((part) => ({ ...part, facets: [...part.facets, ...facets] })),
  );
  const parts = [...first.parts!, ...others].map((part, at) => tagged(part, at, nameOf(part.endpoint)));
  return twins.flatMap((twin) => (twin === first ? [{ ...first, parts }] : more.includes(twin) ? [] : [twin]));
}
