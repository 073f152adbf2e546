// What a rule would have done: recorded inputs, a day at a time, through the core that runs the home.

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  compareFirings,
  createEngine,
  openReplay,
  type BacktestResult,
  type Command,
  type Firing,
  type Replay,
} from '@lintel/engine';
import type { Rule, Target, Values } from '@lintel/model';
import { resolveScene, resolveTarget } from '../dispatch/core-commands.ts';
import { Archive } from '../history/archive.ts';
import { HISTORY_FILE, type InputsPage } from '../history/messages.ts';
import { inOrder } from '../history/order.ts';
import type { Inputs } from '../history/samples.ts';
import type { Delivery } from '../journal/records.ts';
import { createRegistry } from '../registry/registry.ts';
import type { CoreEvent } from '../state/core.ts';
import { homeForCore, type Parts } from '../state/parts.ts';
import { createProperties } from '../state/properties.ts';
import { BACKTEST_WARM_UP_MS } from './limits.ts';
import type { BacktestRequest } from './messages.ts';

const DAY_MS = 86_400_000;
/** What a rule brings about may start it again, but not for ever. */
const ECHOES_MAX = 32;
/** Deadlines between two inputs; a rule that would have more goes on without. */
const WAITS_MAX = 100_000;

/** @throws RuleError for a rule that is wrong */
export async function runBacktest(request: BacktestRequest): Promise<BacktestResult> {
  // The core is loaded once, for both versions.
  (await createEngine({ startAt: 0, home: homeForCore(createRegistry(request.documents)) })).close();
  const versions = [request.rule, ...(request.compare === null ? [] : [request.compare])];
  const rehearsals = versions.map((rule) => rehearsalOf(request, rule));
  const archive = new Archive(new DatabaseSync(join(request.folder, HISTORY_FILE), { readOnly: true }));
  try {
    for (const inputs of recorded(archive, request)) for (const each of rehearsals) each.take(inputs);
  } finally {
    archive.close();
  }
  const [fresh = [], old = null] = rehearsals.map((each) => each.finish());
  return compareFirings(fresh, old);
}

const startOf = ({ from }: BacktestRequest): number => Math.max(0, from - BACKTEST_WARM_UP_MS);

/** How everything was, then what happened, as far as it was kept. */
function* recorded(archive: Archive, request: BacktestRequest): Generator<Inputs> {
  const start = startOf(request);
  for (const { sequence, events } of inOrder(archive.lastBefore(start))) {
    const state = events.filter((event) => 'value' in event || 'mode' in event || 'presence' in event);
    yield { sequence, at: start, events: state };
  }
  for (let from: number | null = start; from !== null && from <= request.to;) {
    const end: number = Math.min(from + DAY_MS, request.to + 1);
    const page: InputsPage = archive.inputs(from, end);
    yield* inOrder(page.found);
    from = page.next;
  }
}

interface Rehearsal {
  take(inputs: Inputs): void;
  finish(): Firing[];
}

function rehearsalOf(request: BacktestRequest, rule: Rule): Rehearsal {
  const { documents, devices, from, to, closedLoop } = request;
  const registry = createRegistry(documents);
  const home = homeForCore(registry);
  const replay = openReplay({ rule, home, devices, startAt: startOf(request), from, to });
  if (!closedLoop) return { take: ({ at, events }) => void replay.feed(at, events), finish: () => replay.finish() };
  const properties = createProperties();
  const loop: Loop = { replay, parts: { registry, properties }, own: new Set() };
  const finish = (): Firing[] => {
    wait(loop, to + 1);
    return replay.finish();
  };
  return { take: (inputs) => takeClosed(loop, inputs), finish };
}

interface Loop {
  readonly replay: Replay;
  readonly parts: Pick<Parts, 'registry' | 'properties'>;
  /** What the rule has set: its recorded values that rules brought about are left out. */
  readonly own: Set<string>;
}

const keyOf = (device: string, property: string): string => `${device} ${property}`;

/** What its waits bring until then takes effect when they end, not when the next input comes. */
function wait(loop: Loop, until: number): void {
  for (let count = 0; count < WAITS_MAX; count += 1) {
    const at = loop.replay.wakeAt;
    if (at === null || at >= until) return;
    obey(loop, at, loop.replay.feed(at, []));
  }
}

/** What the rule sets is so at once; what rules did to it in truth is not. */
function takeClosed(loop: Loop, { at, events }: Inputs): void {
  const { replay, own } = loop;
  wait(loop, at);
  const taken = events.filter(
    (event) => !('property' in event && event.origin === 'automation' && own.has(keyOf(event.device, event.property))),
  );
  obey(loop, at, replay.feed(at, taken));
}

function obey({ replay, parts, own }: Loop, at: number, told: readonly Command[]): void {
  let commands = told;
  for (let echo = 0; commands.length > 0 && echo < ECHOES_MAX; echo += 1) {
    const echoes = commands.flatMap((command) => deliveriesOf(parts, command)).flatMap(effectsOf);
    for (const event of echoes) if ('property' in event) own.add(keyOf(event.device, event.property));
    commands = echoes.length === 0 ? [] : replay.feed(at, echoes);
  }
}

function deliveriesOf(parts: Loop['parts'], command: Command): readonly Delivery[] {
  if (command.kind === 'scene') return resolveScene(parts, String(command['scene']));
  if (command.kind !== 'set') return [];
  return resolveTarget(parts, command.target as Target, { set: command['values'] as Values });
}

function effectsOf({ device, command }: Delivery): CoreEvent[] {
  if (!('set' in command)) return [];
  return Object.entries(command.set).map(([property, value]) => ({ device, property, value, origin: 'automation' }));
}
