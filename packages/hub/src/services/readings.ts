// What a condition reads: every property, person, mode or variable that it names, however deep, with what each was at some time.

import { propertyKey, readDeviceRef, type Condition, type Target, type Value } from '@lintel/model';
import { reach } from '../dispatch/resolve.ts';
import type { History } from '../history/history.ts';
import type { Series } from '../history/samples.ts';
import type { Kernel } from '../kernel.ts';
import { kindOf, propertyKeys } from '../state/device-view.ts';
import type { Reading } from '../views.ts';

/** How far back the last change is looked for. */
export const LOOK_BACK_MS = 31 * 86_400_000;
/** A whole home of sensors is told no further than this. */
const READINGS_MAX = 50;

/** What is read, before it is known what it was. */
type Named = Omit<Reading, 'value'>;
type Part = Readonly<Record<string, unknown>>;

/** When: milliseconds since 1970, and the journal number of what happened then. What came behind it in that millisecond was not known yet. */
export interface Instant {
  readonly at: number;
  readonly sequence: number;
}

export async function readingsOf(
  kernel: Kernel,
  history: History,
  condition: Condition,
  then: Instant,
): Promise<readonly Reading[]> {
  const known = new Map(namedBy(kernel, condition).map((each) => [JSON.stringify(each), each]));
  const all = [...known.values()].slice(0, READINGS_MAX);
  return Promise.all(all.map(async (each) => ({ ...each, value: await valueAt(kernel, history, each, then) })));
}

function namedBy(kernel: Kernel, part: unknown): Named[] {
  if (typeof part !== 'object' || part === null) return [];
  const own = (READS[(part as { kind?: string }).kind ?? ''] ?? (() => []))(kernel, part as Part);
  return [...own, ...Object.values(part).flatMap((inner) => namedBy(kernel, inner))];
}

const text = (raw: unknown): string => (typeof raw === 'string' ? raw : '');

const READS: Readonly<Record<string, (kernel: Kernel, part: Part) => Named[]>> = {
  property: (kernel, { device, property }) => devicesOf(kernel, device, text(property)),
  online: (_, { device }) => [{ kind: 'online', device: text(device) }],
  mode: () => [{ kind: 'mode' }],
  presence: (kernel, { person }) => peopleOf(kernel, text(person)),
  schedule: (_, { schedule }) => [{ kind: 'schedule', name: text(schedule) }],
  expression: (_, { expression }) => namedIn(text(expression)),
};

/** One device, or the members that a set has now; who belonged to it then is not kept. */
function devicesOf(kernel: Kernel, device: unknown, property: string): Named[] {
  if (typeof device === 'string') return [{ device, property }];
  const { registry } = kernel.machine;
  const set = device as Target;
  const kinds = set.kind === undefined ? new Set(registry.list('devices').map(kindOf)) : [set.kind];
  const members = [...kinds].flatMap((kind) => reach(registry, { ...set, kind }));
  return members
    .filter(({ record }) => propertyKeys(record.description.endpoints).includes(property))
    .map(({ record, endpoint }) => ({ device: endpoint === null ? record.id : `${record.id}/${endpoint}`, property }));
}

function peopleOf(kernel: Kernel, person: string): Named[] {
  const isAll = person === 'anyone' || person === 'everyone';
  const ids = isAll ? kernel.machine.registry.list('people').map(({ id }) => id) : [person];
  return ids.map((name) => ({ kind: 'presence', name }));
}

/** What an expression names in so many words; what it works the name out of is not told. */
function namedIn(expression: string): Named[] {
  const found = expression.matchAll(/device\("([^"]+)"\)\["([^"]+)"\]|(variable|schedule)\("([^"]+)"\)/g);
  return [...found].map(([, device, property, kind, name]) =>
    kind === undefined ? { device: device!, property: property! } : { kind: kind as 'variable', name: name! },
  );
}

async function valueAt(kernel: Kernel, history: History, named: Named, then: Instant): Promise<Value> {
  const { device = '', property, kind = 'property', name = '' } = named;
  if (property !== undefined) return propertyAt(kernel, history, device, property, then);
  const found = await lastOf(history, { kind, device, name }, then);
  if (found !== null) return found;
  // What never changed stands in no history.
  if (kind === 'online') return kernel.machine.properties.device(device)?.online ?? null;
  return kind === 'mode' ? 'home' : null;
}

function propertyAt(
  kernel: Kernel,
  history: History,
  ref: string,
  property: string,
  then: Instant,
): Promise<Value> | Value {
  const { device, endpoint } = readDeviceRef(ref) ?? { device: ref, endpoint: null };
  const endpoints = kernel.machine.registry.get('devices', device)?.description.endpoints ?? [];
  const key = endpoint === null ? property : propertyKey(endpoints, endpoint, property);
  const known = kernel.machine.properties.device(device)?.properties.get(key);
  if (known !== undefined && known.changedAt < then.at) return known.value;
  return lastOf(history, { kind: 'property', device, name: key }, then);
}

async function lastOf(history: History, series: Series, { at, sequence }: Instant): Promise<Value> {
  const { samples, before } = await history.samples(series, at - LOOK_BACK_MS, at + 1);
  const last = samples.findLast((each) => each.at < at || each.sequence <= sequence) ?? before;
  return (last?.value ?? null) as Value;
}
