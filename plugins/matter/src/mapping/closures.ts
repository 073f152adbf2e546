// What opens and closes: blinds, gates, valves.

import { cover, generic, valve, type Value, type Values } from '@lintel/sdk';

import { genericCapability, genericValues } from './generic.ts';
import {
  clamp,
  fieldsOf,
  invoke,
  named,
  numberOf,
  round,
  scaled,
  write,
  type ClusterMapping,
  type ClusterView,
  type Fields,
  type Plan,
} from './types.ts';

const CLOSED = 10_000;
const MOVING = ['stopped', 'opening', 'closing'];

/** Matter counts from open, 0, to closed, 10,000. */
const openness = (value: unknown): number | null => {
  const number = numberOf(value);
  return number === null ? null : round(1 - clamp(number, 0, CLOSED) / CLOSED, 4);
};
const hundredths = (value: Value): number => clamp(Math.round((1 - Number(value)) * CLOSED), 0, CLOSED);

const stateAt = (position: number | null): string | null =>
  position === null ? null : position >= 1 ? 'open' : position <= 0 ? 'closed' : 'between';

type CoverProperty = 'position' | 'tilt' | 'moving' | 'target' | 'state' | 'obstructed';

function coverProperties({ features, attributes }: ClusterView): CoverProperty[] {
  const lift = features['positionAwareLift'] === true;
  const tilt = features['positionAwareTilt'] === true;
  return [
    ...(lift ? (['position', 'target'] as const) : []),
    ...(tilt ? (['tilt'] as const) : []),
    'moving',
    'state',
    ...(attributes['safetyStatus'] !== undefined ? (['obstructed'] as const) : []),
  ];
}

/** No feature says that a covering can look for its ends: one that cannot refuses (Matter application clusters §5.3.6.14). */
const hasEnds = ({ features }: ClusterView): boolean =>
  features['positionAwareLift'] === true || features['positionAwareTilt'] === true;

const windowCovering: ClusterMapping = {
  cluster: 'windowCovering',
  capabilities: (view) => [
    cover({
      properties: coverProperties(view),
      commands: ['open', 'close', 'stop', ...(hasEnds(view) ? ['calibrate'] : [])],
    }),
  ],
  values(view): Values {
    const { attributes } = view;
    const position = openness(attributes['currentPositionLiftPercent100ths']);
    const tilt = openness(attributes['currentPositionTiltPercent100ths']);
    const all: Record<CoverProperty, Value> = {
      position,
      target: openness(attributes['targetPositionLiftPercent100ths']),
      tilt,
      moving: named(MOVING, numberOf(fieldsOf(attributes['operationalStatus'])['global'])),
      state: stateAt(position ?? tilt),
      obstructed: fieldsOf(attributes['safetyStatus'])['obstacleDetected'] === true,
    };
    return Object.fromEntries(coverProperties(view).map((name) => [`cover.${name}`, all[name]]));
  },
  set: {
    'cover.position': (value) =>
      invoke('windowCovering', 'goToLiftPercentage', { liftPercent100thsValue: hundredths(value) }),
    'cover.tilt': (value) =>
      invoke('windowCovering', 'goToTiltPercentage', { tiltPercent100thsValue: hundredths(value) }),
  },
  commands: {
    'cover.open': () => invoke('windowCovering', 'upOrOpen'),
    'cover.close': () => invoke('windowCovering', 'downOrClose'),
    'cover.stop': () => invoke('windowCovering', 'stopMotion'),
    'cover.calibrate': (_, { attributes }) =>
      write('windowCovering', { mode: { ...fieldsOf(attributes['mode']), calibrationMode: true } }),
  },
};

const FULLY_CLOSED = 0;
const FULLY_OPEN = 1;
const MOVE_CLOSED = { position: 0 };
const MOVE_OPEN = { position: 1 };
const MAIN_MOVING = 1;
/** Physically blocked, and blocked by a sensor. */
const BLOCKED: readonly unknown[] = [0, 1];

function closureMoving({ attributes }: ClusterView): string | null {
  const state = numberOf(attributes['mainState']);
  if (state === null) return null;
  const target = numberOf(fieldsOf(attributes['overallTargetState'])['position']);
  return state !== MAIN_MOVING ? 'stopped' : target === FULLY_CLOSED ? 'closing' : 'opening';
}

/** Garage doors and gates: open, closed, or somewhere between. */
const closureControl: ClusterMapping = {
  cluster: 'closureControl',
  capabilities: ({ features }) =>
    features['positioning'] === true
      ? [
          cover({
            properties: ['moving', 'state', 'obstructed'],
            commands: [
              'open',
              'close',
              ...(features['instantaneous'] === true ? [] : ['stop']),
              ...(features['calibration'] === true ? ['calibrate'] : []),
            ],
          }),
        ]
      : [],
  values(view): Values {
    if (view.features['positioning'] !== true) return {};
    const position = numberOf(fieldsOf(view.attributes['overallCurrentState'])['position']);
    const state =
      position === null ? null : position === FULLY_CLOSED ? 'closed' : position === FULLY_OPEN ? 'open' : 'between';
    const errors = view.attributes['currentErrorList'];
    const isObstructed = Array.isArray(errors) && errors.some((error) => BLOCKED.includes(error));
    return { 'cover.moving': closureMoving(view), 'cover.state': state, 'cover.obstructed': isObstructed };
  },
  commands: {
    'cover.open': () => invoke('closureControl', 'moveTo', MOVE_OPEN),
    'cover.close': () => invoke('closureControl', 'moveTo', MOVE_CLOSED),
    'cover.stop': () => invoke('closureControl', 'stop'),
    'cover.calibrate': () => invoke('closureControl', 'calibrate'),
  },
};

const DIMENSION = 'closureDimension';
const SLATS = 0;

/** What a panel moves in: its opening, or its slats. The home has no word for opacity and the like, nor for a latch alone. */
function dimensionOf({ features, attributes }: ClusterView): 'position' | 'tilt' | null {
  if (features['positioning'] !== true) return null;
  if (features['modulation'] !== true) return 'position';
  return attributes['modulationType'] === SLATS ? 'tilt' : null;
}

/** A panel that holds itself shut is let go first, where that can be done from afar. */
function moveTo(position: number, { features, attributes }: ClusterView): Plan {
  const unlatches = fieldsOf(attributes['latchControlModes'])['remoteUnlatching'] === true;
  const latch = features['motionLatching'] === true && unlatches ? { latch: false } : {};
  return invoke(DIMENSION, 'setTarget', { position, ...latch });
}

/** One panel of a closure, with a position of its own (Application Cluster Specification, Closure Dimension). */
const closureDimension: ClusterMapping = {
  cluster: DIMENSION,
  capabilities(view) {
    const dimension = dimensionOf(view);
    if (dimension === 'tilt') return [cover({ properties: ['tilt'], commands: [] })];
    if (dimension === 'position') {
      return [cover({ properties: ['position', 'target', 'state'], commands: ['open', 'close'] })];
    }
    const other = genericCapability(DIMENSION, view.attributes);
    return other === null ? [] : [other];
  },
  values(view): Values {
    const dimension = dimensionOf(view);
    if (dimension === null) return genericValues(DIMENSION, view.attributes);
    const [now, target] = ['currentState', 'targetState'].map((name) =>
      openness(fieldsOf(view.attributes[name])['position']),
    );
    if (dimension === 'tilt') return { 'cover.tilt': now! };
    return { 'cover.position': now!, 'cover.target': target!, 'cover.state': stateAt(now!) };
  },
  set: {
    'cover.position': (value, view) => moveTo(hundredths(value), view),
    'cover.tilt': (value, view) => moveTo(hundredths(value), view),
  },
  commands: {
    'cover.open': (_, view) => moveTo(0, view),
    'cover.close': (_, view) => moveTo(CLOSED, view),
  },
};

const VALVE = 'valveConfigurationAndControl';

const valveControl: ClusterMapping = {
  cluster: VALVE,
  capabilities: () => [valve({ properties: ['open'] })],
  values: ({ attributes }: { attributes: Fields }) => {
    const state = numberOf(attributes['currentState']);
    // 2 is on its way: what it will be counts then.
    const open = state === 2 ? numberOf(attributes['targetState']) : state;
    return { 'valve.open': open === null ? null : open === 1 };
  },
  set: {
    'valve.open': (value) => (value === true ? invoke(VALVE, 'open', {}) : invoke(VALVE, 'close')),
  },
};

/** A tenth of a cubic metre an hour, in litres a minute. */
const LITRES = 100 / 60;

/** What flows through a valve belongs to it; of other things there is a flow, in the unit that Matter has. */
const flow: ClusterMapping = {
  cluster: 'flowMeasurement',
  capabilities: ({ endpoint }) =>
    VALVE in endpoint.clusters
      ? [valve({ properties: ['flow'] })]
      : [generic({ flow: { type: 'number', unit: 'm³/h', label: 'Flow', min: 0 } })],
  values: ({ attributes, endpoint }) => {
    const value = numberOf(attributes['measuredValue']);
    if (!(VALVE in endpoint.clusters)) return { 'generic.flow': scaled(value, 10) };
    return { 'valve.flow': value === null ? null : round(value * LITRES, 2) };
  },
};

export const CLOSURES: readonly ClusterMapping[] = [
  windowCovering,
  closureControl,
  closureDimension,
  valveControl,
  flow,
];
