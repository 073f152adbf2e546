// What a rule would have done: recorded inputs, replayed through the same core that runs the home.

import type { Rule } from '@lintel/model';
import { isObject, show } from './check/reader.ts';
import { loadedCore } from './core.ts';
import { Engine } from './engine.ts';
import { EngineError } from './errors.ts';
import { readDevices, readHome, readOptions } from './home.ts';
import { FRESH_LAYOUT, buildMachine, startMachine } from './run/build.ts';
import { compileAll } from './run/compile-all.ts';
import { checkInstant } from './run/events.ts';
import { RuleSet } from './run/rule-set.ts';
import type { EngineCommand, EngineDevice, EngineEvent, EngineHome, StepResult } from './types.ts';

export interface BacktestInput {
  readonly rule: Rule;
  /** An older version, to see what would be different. */
  readonly compare?: Rule;
  readonly home: EngineHome;
  readonly devices?: readonly EngineDevice[];
  /** Milliseconds since 1970; inputs before `from` only say how things were. */
  readonly from: number;
  readonly to: number;
  /** Recorded inputs in their order. */
  readonly inputs: readonly { readonly at: number; readonly event: EngineEvent }[];
}

export interface Firing {
  readonly at: number;
  readonly cause: number;
  readonly commands: readonly EngineCommand[];
  /** Set where only one of the two versions did this. */
  readonly only?: 'new' | 'old';
}

export interface BacktestResult {
  readonly firings: readonly Firing[];
  /** The first instant at which the versions differ, or null. */
  readonly divergesAt: number | null;
}

/**
 * Replays recorded inputs through a rule. An engine must have been made before in a browser, where the core loads
 * asynchronously.
 *
 * @throws RuleError for a rule that is wrong, EngineError for a wrong home or input
 */
export function backtest(input: BacktestInput): BacktestResult {
  readOptions(input, '{rule, home, from, to, inputs}');
  checkInputs(input.inputs);
  const fresh = replay(input, input.rule);
  return compareFirings(fresh, input.compare === undefined ? null : replay(input, input.compare));
}

function checkInputs(raw: unknown): void {
  if (!Array.isArray(raw)) throw new EngineError('BAD_EVENT', `expected a list of inputs, not ${show(raw)}`);
  for (const input of raw as readonly unknown[]) {
    if (!isObject(input)) throw new EngineError('BAD_EVENT', `expected an input {at, event}, not ${show(input)}`);
    checkInstant(input['at'], 'at');
  }
}

function replay({ inputs, ...options }: BacktestInput, rule: Rule): Firing[] {
  checkInstant(options.from, 'from');
  const startAt = Math.min(options.from, inputs[0]?.at ?? options.from);
  const opened = openReplay({ ...options, rule, startAt });
  for (const { at, event } of inputs) opened.feed(at, [event]);
  return opened.finish();
}

/** What one version did beside what another did; null where there is no other. */
export function compareFirings(fresh: readonly Firing[], old: readonly Firing[] | null): BacktestResult {
  if (old === null) return { firings: fresh, divergesAt: null };
  const key = ({ at, commands }: Firing): string =>
    JSON.stringify([at, commands.map(({ id: _id, rule: _rule, run: _run, ...rest }) => rest)]);
  const missing = (firings: readonly Firing[], from: readonly Firing[], only: 'new' | 'old'): Firing[] => {
    const there = new Set(from.map(key));
    return firings.filter((firing) => !there.has(key(firing))).map((firing) => ({ ...firing, only }));
  };
  const there = new Set(old.map(key));
  const same = fresh.filter((firing) => there.has(key(firing)));
  const all = [...same, ...missing(fresh, old, 'new'), ...missing(old, fresh, 'old')];
  const firings = all.toSorted((a, b) => a.at - b.at);
  return { firings, divergesAt: firings.find((firing) => firing.only !== undefined)?.at ?? null };
}

/** A rule on its way through recorded inputs, which may come piece by piece. */
export interface Replay {
  /** Inputs of one instant, in their order; what the rule asked for on the way there and by them. Those past `to` are ignored. */
  feed(at: number, events: readonly EngineEvent[]): readonly EngineCommand[];
  finish(): Firing[];
  /** The next deadline of a wait, a `for` or a clock trigger, in ms since 1970. */
  readonly wakeAt: number | null;
}

export interface ReplayOptions {
  readonly rule: Rule;
  readonly home: EngineHome;
  readonly devices?: readonly EngineDevice[];
  readonly startAt: number;
  readonly from: number;
  readonly to: number;
}

/** @throws RuleError for a rule that is wrong, EngineError for a wrong home */
export function openReplay({ rule, home: rawHome, devices, startAt, from, to }: ReplayOptions): Replay {
  for (const [name, at] of Object.entries({ startAt, from, to })) checkInstant(at, name);
  const home = readHome(rawHome);
  const { fragments } = compileAll([rule]);
  const module = loadedCore();
  const rules = RuleSet.of(fragments, home, readDevices(devices), { strict: false });
  const machine = buildMachine(module, rules, FRESH_LAYOUT);
  startMachine(machine, home, startAt, 0);
  const engine = new Engine(module, { machine, rules, generations: new Map() });
  const firings = new Map<string, EngineCommand[]>();
  let wakeAt: number | null = startAt;
  const take = ({ commands, wakeAt: next }: StepResult): readonly EngineCommand[] => {
    wakeAt = next;
    for (const command of commands) {
      if (command.at < from) continue;
      const key = `${command.run} ${command.at}`;
      const known = firings.get(key);
      if (known === undefined) firings.set(key, [command]);
      else known.push(command);
    }
    return commands;
  };
  return {
    get wakeAt() {
      return wakeAt;
    },
    feed: (at, events) => (at <= to ? take(engine.step(at, events)) : []),
    /** The commands of one run at one instant are one firing. */
    finish: () => {
      take(engine.step(to));
      engine.close();
      return [...firings.values()].map((commands) => ({ at: commands[0]!.at, cause: commands[0]!.cause, commands }));
    },
  };
}
