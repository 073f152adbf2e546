// Devices as data: what a maker's models are and have, one entry each, so that to add a model is to add an entry.

import type { CapabilityDescription, DeviceKind, EndpointDescription } from '@lintel/model';

import { endpoint } from './capabilities.ts';
import type { DeviceDescription } from './plugin.ts';

/**
 * What a device says of itself, such as its vendor and model; what it does not say is left out.
 * @example const facts: DeviceFacts = { vendor: 'IKEA', model: 'LED1545G12' };
 */
export type DeviceFacts = Readonly<Record<string, string | undefined>>;

/**
 * One model, or several that have the same.
 * @example
 * const bulb: DeviceModel = { match: { vendor: 'IKEA', model: ['LED1545G12', 'LED1546G12'] }, kind: 'light', has: [onOff(), level()] };
 */
export interface DeviceModel {
  /** What the device says of itself: a text as it is, one of several, or a pattern. All of them must fit. */
  readonly match: Readonly<Record<string, string | readonly string[] | RegExp>>;
  /** Its capabilities, or its endpoints where it has several. */
  readonly has: readonly CapabilityDescription[] | readonly EndpointDescription[];
  /** Default `other`. */
  readonly kind?: DeviceKind;
  /** As on the box. */
  readonly manufacturer?: string;
  readonly model?: string;
}

/** What a model says of any device of its kind; `id` and `name` are the device's own. */
type Recognised = Pick<DeviceDescription, 'kind' | 'endpoints' | 'manufacturer' | 'model'>;

/**
 * Types an entry of a list of models, and nothing more.
 * @example
 * const models = [
 *   device({ match: { vendor: 'IKEA', model: 'LED1545G12' }, kind: 'light', has: [onOff(), level(), color({ temperature: [2200, 4000] })] }),
 *   device({ match: { model: /^TRADFRI outlet/ }, kind: 'plug', has: [onOff()] }),
 * ];
 */
export const device = (model: DeviceModel): DeviceModel => model;

/**
 * What a device is by the first model that it fits; null where it fits none.
 * @example
 * const models = [device({ match: { vendor: 'IKEA', model: /^LED/ }, kind: 'light', has: [onOff(), level()] })];
 * const known = recognise(models, { vendor: 'IKEA', model: 'LED1545G12' });
 * if (known !== null) await ctx.devices.add({ ...known, id: 'lamp-1', name: 'Lamp' });
 */
export function recognise(models: readonly DeviceModel[], facts: DeviceFacts): Recognised | null {
  const found = models.find(({ match }) =>
    Object.entries(match).every(([name, wanted]) => Object.hasOwn(facts, name) && fits(wanted, facts[name])),
  );
  if (found === undefined) return null;
  const { kind = 'other', has, manufacturer, model } = found;
  return {
    kind,
    endpoints: isEndpoints(has) ? has : [endpoint(...has)],
    ...(manufacturer !== undefined && { manufacturer }),
    ...(model !== undefined && { model }),
  };
}

function fits(wanted: DeviceModel['match'][string], said: string | undefined): boolean {
  if (said === undefined) return false;
  if (typeof wanted === 'string') return wanted === said;
  // `search` keeps no place between two calls, as `test` of a pattern with the flag g does.
  return wanted instanceof RegExp ? said.search(wanted) !== -1 : wanted.includes(said);
}

const isEndpoints = (has: DeviceModel['has']): has is readonly EndpointDescription[] =>
  has.length > 0 && 'capabilities' in has[0]!;
