// Why something is not as expected: the rules that could have made it so, the nearest to it first, and what stopped each.

import type { Rule, Target, Value } from '@lintel/model';
import { resolveScene, resolveTarget } from '../dispatch/core-commands.ts';
import type { Kernel } from '../kernel.ts';
import type { RunTrace, WhyCandidate } from '../views.ts';

const CANDIDATES_MAX = 20;

export interface Expected {
  readonly device: string;
  /** As the device's properties are listed. */
  readonly property: string;
  readonly value: Value;
}

export type StoppedBy = (rule: Rule, run: RunTrace) => Promise<WhyCandidate['condition'] | null>;

/** @param at of what had happened by then; null for now */
export async function candidatesFor(
  kernel: Kernel,
  expected: Expected,
  at: number | null,
  by: StoppedBy,
): Promise<WhyCandidate[]> {
  const { registry } = kernel.machine;
  const rules = registry.list('automations').filter((rule) => couldSet(kernel, rule.actions, expected));
  const candidates = await Promise.all(rules.map((rule) => candidateOf(kernel, rule, at, by)));
  return candidates
    .toSorted((a, b) => a.rank - b.rank || (a.at !== b.at && (a.at ?? '') < (b.at ?? '') ? 1 : -1))
    .slice(0, CANDIDATES_MAX)
    .map(({ rank: _rank, ...candidate }) => candidate);
}

/** Whether an action, however deep, sets the property of the device so; a value that is worked out might. */
function couldSet(kernel: Kernel, part: unknown, expected: Expected): boolean {
  if (typeof part !== 'object' || part === null) return false;
  const { kind, target, values, scene } = part as Readonly<Record<string, unknown>>;
  if (kind === 'set' && sets(kernel, target as Target, values as Readonly<Record<string, unknown>>, expected))
    return true;
  if (kind === 'scene' && typeof scene === 'string') {
    const found = resolveScene(kernel.machine, scene).some(
      ({ device, command }) => device === expected.device && 'set' in command && fits(command.set, expected),
    );
    if (found) return true;
  }
  return Object.values(part).some((inner) => couldSet(kernel, inner, expected));
}

function sets(kernel: Kernel, target: Target, values: Readonly<Record<string, unknown>>, expected: Expected): boolean {
  if (!fits(values, expected)) return false;
  // Any value does here: it is asked only whom the target reaches with what.
  const [plain = ''] = expected.property.split('@');
  if ('trigger' in target) return true;
  const reached = resolveTarget(kernel.machine, target, { set: { [plain]: expected.value } });
  return reached.some(({ device }) => device === expected.device);
}

function fits(values: Readonly<Record<string, unknown>>, { property, value }: Expected): boolean {
  const [plain = ''] = property.split('@');
  const asked = values[property] ?? values[plain];
  return asked !== undefined && (asked === value || typeof asked === 'object');
}

/** The nearest first: what waits on the way there, what was stopped, what ran and was changed since, what never began. */
const RANKS: Readonly<Record<string, number>> = { running: 0, conditions: 1, dropped: 2, fuel: 2, cascade: 2 };

async function candidateOf(
  { machine }: Kernel,
  rule: Rule,
  at: number | null,
  stoppedBy: StoppedBy,
): Promise<WhyCandidate & { readonly rank: number }> {
  const named = { automation: rule.id, name: rule.name ?? rule.id };
  if (rule.enabled === false) return { ...named, at: null, outcome: 'disabled', text: 'is switched off', rank: 6 };
  const [waiting] = at === null ? machine.core.runs(rule.id) : [];
  if (waiting !== undefined) {
    const since = new Date(waiting.startedAt).toISOString();
    const places = waiting.waits.map(({ pointer }) => pointer).join(', ');
    return { ...named, at: since, outcome: 'running', text: `is under way and waits at ${places}`, rank: 0 };
  }
  const run = machine.runs.list(rule.id).find((each) => at === null || Date.parse(each.at) <= at);
  if (run === undefined)
    return { ...named, at: null, outcome: 'not-triggered', text: 'none of its triggers fired', rank: 5 };
  const refused = run.commands.find(({ text }) => text.startsWith('FORBIDDEN'));
  if (refused !== undefined) return { ...named, at: run.at, outcome: 'forbidden', text: refused.text, rank: 1 };
  const condition = await stoppedBy(rule, run);
  const text = TEXTS[run.outcome] ?? `ended as ${run.outcome}`;
  const told = { ...named, at: run.at, outcome: run.outcome, text, rank: RANKS[run.outcome] ?? 3 };
  return condition == null ? told : { ...told, condition };
}

const TEXTS: Readonly<Record<string, string>> = {
  conditions: 'did not run, since a condition did not hold',
  dropped: 'was already running',
  finished: 'ran to its end; something changed it since, or the device did not do it',
  stopped: 'stopped on the way',
  cancelled: 'was cancelled',
  fuel: 'was stopped, since it did too much at once',
  cascade: 'was stopped, since automations went on starting one another',
};
