// What a rule would have done: recorded inputs, replayed through the same core that runs the home.

import type { Rule } from '@lintel/model';
import { loadedCore } from './core.ts';
import { Engine } from './engine.ts';
import { readHome } from './home.ts';
import { FRESH_LAYOUT, buildMachine, startMachine } from './run/build.ts';
import { compileAll } from './run/replace.ts';
import { RuleSet } from './run/rule-set.ts';
import type { EngineCommand, EngineDevice, EngineEvent, EngineHome } from './types.ts';

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
  const fresh = replay(input, input.rule);
  if (input.compare === undefined) return { firings: fresh, divergesAt: null };
  const old = replay(input, input.compare);
  const key = ({ at, commands }: Firing): string =>
    JSON.stringify([at, commands.map(({ id: _id, rule: _rule, run: _run, ...rest }) => rest)]);
  const missing = (firings: readonly Firing[], from: readonly Firing[], only: 'new' | 'old'): Firing[] => {
    const there = new Set(from.map(key));
    return firings.filter((firing) => !there.has(key(firing))).map((firing) => ({ ...firing, only }));
  };
  const added = missing(fresh, old, 'new');
  const gone = missing(old, fresh, 'old');
  const same = fresh.filter((firing) => !added.some((each) => each.at === firing.at && key(each) === key(firing)));
  const firings = [...same, ...added, ...gone].toSorted((a, b) => a.at - b.at);
  return { firings, divergesAt: firings.find((firing) => firing.only !== undefined)?.at ?? null };
}

function replay({ home: rawHome, devices, from, to, inputs }: BacktestInput, rule: Rule): Firing[] {
  const home = readHome(rawHome);
  const fragments = compileAll([rule], []);
  const module = loadedCore();
  const rules = RuleSet.of(fragments, home, devices, { strict: false });
  const machine = buildMachine(module, rules, FRESH_LAYOUT);
  startMachine(machine, home, Math.min(from, inputs[0]?.at ?? from), 0);
  const engine = new Engine(module, { machine, rules, generations: new Map() });
  const commands: EngineCommand[] = [];
  for (const { at, event } of inputs) if (at <= to) commands.push(...engine.step(at, [event]).commands);
  commands.push(...engine.step(to).commands);
  engine.close();
  return firingsOf(commands.filter((command) => command.at >= from));
}

/** The commands of one run at one instant are one firing. */
function firingsOf(commands: readonly EngineCommand[]): Firing[] {
  const firings = new Map<string, EngineCommand[]>();
  for (const command of commands) {
    const key = `${command.run} ${command.at}`;
    firings.set(key, [...(firings.get(key) ?? []), command]);
  }
  return [...firings.values()].map((group) => ({ at: group[0]!.at, cause: group[0]!.cause, commands: group }));
}
