// History as people ask for it: a property of a device, from one time to another.

import { HubError, propertyKey, splitDeviceRef } from '@lintel/model';
import { notFound } from '../dispatch/resolve.ts';
import type { HistoryAnswer, HistoryQuery } from '../interface.ts';
import type { Registry } from '../registry/registry.ts';
import { propertyKeys } from '../state/device-view.ts';
import type { History } from './history.ts';
import { HISTORY_POINTS_MAX } from './limits.ts';

const DAY_MS = 86_400_000;

export function historyService(registry: Registry, history: History, now: () => number) {
  return async ({
    device: ref,
    property,
    from,
    to,
    points = HISTORY_POINTS_MAX,
  }: HistoryQuery): Promise<HistoryAnswer> => {
    const end = to === undefined ? now() + 1 : parseTime(to, 'to');
    const start = from === undefined ? end - DAY_MS : parseTime(from, 'from');
    if (start > end) throw new HubError('BAD_VALUE', 'from: expected a time before `to`');
    if (!Number.isInteger(points) || points < 1 || points > HISTORY_POINTS_MAX)
      throw new HubError('BAD_VALUE', `points: expected a whole number from 1 to ${HISTORY_POINTS_MAX}`);
    const { device, key, exists } = locate(registry, ref, property);
    const found = await history.points({ kind: 'property', device, name: key }, start, end, points);
    if (!found.known && exists !== 'both') throw unknown(exists, ref, property);
    return { points: found.points, before: found.before };
  };
}

type Exists = 'neither' | 'device' | 'both';

/** The series that a property's history stands in: an endpoint's first property has the plain name. */
function locate(registry: Registry, ref: string, property: string): { device: string; key: string; exists: Exists } {
  const { device, endpoint } = splitDeviceRef(ref);
  const endpoints = registry.get('devices', device)?.description.endpoints;
  if (endpoints === undefined) return { device, key: property, exists: 'neither' };
  const [plain = '', at] = property.split('@');
  const where = at ?? endpoint;
  const key = where === null ? plain : propertyKey(endpoints, where, plain);
  return { device, key, exists: propertyKeys(endpoints).includes(key) ? 'both' : 'device' };
}

function unknown(exists: Exists, ref: string, property: string): HubError {
  if (exists === 'neither') return notFound('device', ref);
  return new HubError('UNKNOWN_PROPERTY', `${ref} has no property ${JSON.stringify(property.slice(0, 100))}`);
}

export function parseTime(text: string, name: string): number {
  const at = Date.parse(text);
  if (!Number.isNaN(at)) return at;
  throw new HubError('BAD_VALUE', `${name}: expected an ISO 8601 time, not ${JSON.stringify(text.slice(0, 40))}`);
}
