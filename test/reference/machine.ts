// What the engine and the reference model have in common, so that one story can be told to either.

import type { Rule } from '@lintel/model';
import { createReference } from './model.ts';
import type { Step, Scenario } from './arbitraries.ts';
import type { Command, HomeEvent, ReferenceDevice, State, Trace } from './state.ts';

export interface Told {
  readonly commands: readonly Command[];
  readonly traces: readonly Trace[];
  readonly wakeAt: number | null;
  /** False where the specification leaves open how often a machine wakes to look at the clock. */
  readonly wakeIsExact: boolean;
}

/** A machine that rules can be run on; the image is whatever its `restore` takes. */
export interface Machine<Image = unknown> {
  step(now: number, events: readonly HomeEvent[]): Told;
  snapshot(): Image;
  restore(image: Image): void;
  /** How many runs went on, finish as they were, or were ended. */
  replaceRules(rules: readonly Rule[], options?: { devices?: readonly ReferenceDevice[] }): object;
}

export type World = Pick<Scenario, 'home' | 'startAt' | 'rules' | 'devices'> & { readonly seed?: number };
export type MachineFactory<Image> = (world: World) => Promise<Machine<Image>>;

/** Waits for a condition wake when it may have changed; how much oftener than needed is a machine's own affair. */
const looksAtTheClock = (state: State): boolean =>
  state.rules.some((memory) =>
    memory.runs.some((run) => run.threads.some(({ wait }) => wait?.kind === 'until' && wait.recheckAt !== null)),
  );

/** An image with the ids of the commands so far, newest last. */
export interface Remembered<Image> {
  readonly image: Image;
  readonly ids: readonly string[];
}

/**
 * Stories name a command by its age: the outcome `"#0"` is of the newest command before the step. Machines have ids of
 * their own for the same commands.
 */
export function namingCommands<Image>(machine: Machine<Image>): Machine<Remembered<Image>> {
  let ids: string[] = [];
  const named = (event: HomeEvent): HomeEvent =>
    'outcome' in event ? { ...event, outcome: ids.at(-1 - Number(event.outcome.slice(1))) ?? 'none' } : event;
  return {
    step(now, events) {
      const told = machine.step(now, events.map(named));
      ids.push(...told.commands.map((command) => command.id));
      return told;
    },
    snapshot: () => ({ image: machine.snapshot(), ids: [...ids] }),
    restore({ image, ids: before }) {
      machine.restore(image);
      ids = [...before];
    },
    replaceRules: (rules, options) => machine.replaceRules(rules, options),
  };
}

export async function newReference(world: World): Promise<Machine<Remembered<State>>> {
  const reference = createReference(world);
  return namingCommands({
    step(now, events) {
      const told = reference.step(now, events);
      return { ...told, wakeIsExact: !looksAtTheClock(reference.peek()) };
    },
    snapshot: reference.snapshot,
    restore: reference.restore,
    replaceRules: (rules, options) => reference.replaceRules(rules, options),
  });
}

export interface Moment {
  readonly now: number;
  readonly events: readonly HomeEvent[];
}

/** Absolute instants; every event carries its place in the story as journal number. */
export function momentsOf(startAt: number, steps: readonly Step[]): Moment[] {
  let latest = startAt;
  let sequence = 0;
  return steps.map(({ after, events }) => {
    const now = latest + after;
    latest = Math.max(latest, now);
    const numbered = events.map((event) => ({ ...event, sequence: (sequence += 1) }));
    return { now, events: numbered };
  });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]));
}

/** Commands without what is free: their ids, and a failure policy that may or may not be told. */
const plainCommand = ({ id: _id, onFailure: _onFailure, ...rest }: Command & { onFailure?: unknown }): unknown =>
  sorted(rest);
const plainTrace = ({ pointer: _pointer, ...rest }: Trace): unknown => sorted(rest);

/** The first place where two lists of plain things part. */
function parting(what: string, expected: readonly unknown[], actual: readonly unknown[]): string | null {
  const [wanted, got] = [expected, actual].map((list) => list.map((each) => JSON.stringify(each)));
  const index = wanted!.findIndex((each, at) => each !== got![at]);
  const at = index === -1 && got!.length > wanted!.length ? wanted!.length : index;
  if (at === -1) return null;
  return `${what} ${at} (of ${wanted!.length}, ${got!.length})\n  expected ${wanted![at]}\n  actual   ${got![at]}`;
}

/** What differs between two tellings of one step, in words; null when nothing does. */
export function difference(expected: Told, actual: Told): string | null {
  const parted =
    parting('command', expected.commands.map(plainCommand), actual.commands.map(plainCommand)) ??
    parting('trace', expected.traces.map(plainTrace), actual.traces.map(plainTrace));
  if (parted !== null) return parted;
  for (const [index, { pointer }] of expected.traces.entries()) {
    const told = actual.traces[index]!.pointer;
    if (pointer !== undefined && told !== undefined && pointer !== told)
      return `pointer: expected ${pointer}, actual ${told}`;
  }
  const wakeMatters = expected.wakeIsExact && actual.wakeIsExact;
  if (wakeMatters && expected.wakeAt !== actual.wakeAt)
    return `wakeAt: expected ${expected.wakeAt}, actual ${actual.wakeAt}`;
  return null;
}

/** Two tellings, one after the other, as one. */
export function together(tellings: readonly Told[]): Told {
  const last = tellings.at(-1);
  return {
    commands: tellings.flatMap((each) => each.commands),
    traces: tellings.flatMap((each) => each.traces),
    wakeAt: last?.wakeAt ?? null,
    wakeIsExact: last?.wakeIsExact ?? false,
  };
}

/** A device that no random rule names and that never reports. */
export const UNRELATED = 'virtual:nowhere';

export const unrelatedRule: Rule = {
  id: 'unrelated',
  mode: 'restart',
  triggers: [{ kind: 'property', device: UNRELATED, property: 'onOff.on', becomes: true, for: '1s' }],
  conditions: [{ kind: 'property', device: UNRELATED, property: 'onOff.on', is: true, for: '1m' }],
  actions: [{ kind: 'set', target: { device: UNRELATED }, values: { 'onOff.on': false } }],
};
