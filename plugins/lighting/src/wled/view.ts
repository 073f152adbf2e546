// A lamp as Lintel shows it: the whole first, and where it has several segments, each of them as an endpoint of its own.

import {
  color,
  effect,
  endpoint,
  level,
  onOff,
  type CapabilityDescription,
  type DeviceDescription,
  type EndpointDescription,
  type Values,
} from '@lintel/sdk';

import { colorOf, hasColors, hasTemperature, temperatureLimits, type Mix } from './color.ts';
import { capabilitiesOf, type LampInfo, type LampState, type Segment } from './messages.ts';

/** What is known of a lamp. */
export interface View {
  readonly info: LampInfo;
  readonly state: LampState;
  /** By their number; null where it is not in use. The first is none. */
  readonly effects: readonly (string | null)[];
  /** The colours it was last told, by segment. */
  readonly told: ReadonlyMap<number, Mix>;
}

/** A part that is told and reported by itself: the whole lamp, or one segment of several. */
export interface Part {
  readonly id: string;
  readonly isWhole: boolean;
  readonly segments: readonly Segment[];
  readonly capabilities: number;
}

export const NO_EFFECT = 'none';
const WHOLE = '1';

export const idOf = (mac: string): string => `wled:${mac}`;

export function partsOf({ info, state: { segments } }: Pick<View, 'info' | 'state'>): readonly Part[] {
  const all = segments.reduce((sum, { id }) => sum | capabilitiesOf(info, id), 0);
  const whole: Part = { id: WHOLE, isWhole: true, segments, capabilities: all };
  if (segments.length === 1) return [whole];
  const single = (segment: Segment, at: number): Part => ({
    id: `segment-${at + 1}`,
    isWhole: false,
    segments: [segment],
    capabilities: capabilitiesOf(info, segment.id),
  });
  return [whole, ...segments.map(single)];
}

function capabilitiesFor({ capabilities }: Part, effects: View['effects']): CapabilityDescription[] {
  const names = effects.slice(1).filter((name) => name !== null);
  const colors = hasColors(capabilities);
  return [
    onOff(),
    ...(capabilities === 0 ? [] : [level()]),
    ...(hasTemperature(capabilities)
      ? [color({ temperature: temperatureLimits(capabilities), hue: colors, xy: colors })]
      : []),
    ...(capabilities === 0 || names.length === 0 ? [] : [effect(names)]),
  ];
}

function describePart(part: Part, effects: View['effects'], at: number): EndpointDescription {
  const capabilities = capabilitiesFor(part, effects);
  if (part.isWhole) return endpoint(...capabilities);
  const name = part.segments[0]!.name;
  return endpoint({ id: part.id, name: name === '' ? `Segment ${at}` : name }, ...capabilities);
}

export function describe(view: View, address: string): DeviceDescription {
  const { info, effects } = view;
  return {
    id: idOf(info.mac),
    name: info.name,
    kind: 'light',
    manufacturer: info.brand,
    model: info.product,
    firmware: info.version,
    address,
    endpoints: partsOf(view).map((part, at) => describePart(part, effects, at)),
  };
}

const share = (bri: number): number => Math.round((bri / 255) * 1000) / 1000;

/** The segment whose colour and effect stand for the part. */
const shownBy = ({ segments }: Part, { main }: LampState): Segment =>
  segments.find(({ id }) => id === main) ?? segments[0]!;

export function valuesOf(part: Part, { state, info, effects, told }: View): Values {
  const shown = shownBy(part, state);
  const names = effects.slice(1).some((name) => name !== null);
  const name = shown.fx === 0 ? NO_EFFECT : (effects[shown.fx] ?? null);
  return {
    'onOff.on': state.on && part.segments.some(({ on }) => on),
    ...(part.capabilities !== 0 && { 'level.level': share(part.isWhole ? state.bri : shown.bri) }),
    ...colorOf(shown, capabilitiesOf(info, shown.id), told.get(shown.id)),
    ...(part.capabilities !== 0 && names && { 'effect.effect': name }),
  };
}
