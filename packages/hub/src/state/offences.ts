// Rules that ran away: those that do so again and again are switched off, and a repair says so until someone has a hand in it.

import type { Repair } from '../views.ts';
import { OFFENCES_MAX, OFFENCES_WINDOW_MS } from '../limits.ts';
import type { CoreTrace } from './core.ts';
import { changeDocument, type Parts, type Step } from './parts.ts';

type Outcome = 'fuel' | 'cascade';

interface Offender {
  /** When it ran away lately, milliseconds since 1970. */
  readonly times: readonly number[];
  readonly outcome: Outcome;
  /** When it was switched off for it; null while it is on. */
  readonly stoppedAt: number | null;
}

export type ExportedOffences = readonly (readonly [rule: string, offender: Offender])[];

export interface Offences {
  /** Notes that a rule ran away; answers whether it has done so too often. */
  note(rule: string, outcome: Outcome, at: number): boolean;
  stopped(rule: string, outcome: Outcome, at: number): void;
  forget(rule: string): void;
  export(): ExportedOffences;
}

export function createOffences(from: ExportedOffences = []): Offences {
  const byRule = new Map(from);
  return {
    note: (rule, outcome, at) => {
      const { times = [], stoppedAt = null } = byRule.get(rule) ?? {};
      const late = [...times.filter((time) => at - time < OFFENCES_WINDOW_MS), at];
      byRule.set(rule, { times: late, outcome, stoppedAt });
      return late.length >= OFFENCES_MAX;
    },
    stopped: (rule, outcome, at) => void byRule.set(rule, { times: [], outcome, stoppedAt: at }),
    forget: (rule) => void byRule.delete(rule),
    export: () => [...byRule],
  };
}

/** Answers whether a rule was switched off, so that the core is to be given the rules anew. */
export function takeOffences(parts: Parts, step: Step, traces: readonly CoreTrace[]): boolean {
  const { at } = step.record;
  const ran = new Map<string, Outcome>();
  for (const { rule, outcome } of traces) if (outcome === 'fuel' || outcome === 'cascade') ran.set(rule, outcome);
  let switched = false;
  for (const [id, outcome] of ran) {
    const { get } = parts.registry;
    const rule = get('automations', id);
    if (rule === null) continue;
    const tooOften = parts.offences.note(id, outcome, at);
    const isOn = rule.enabled ?? true;
    if (isOn && !tooOften) continue;
    // The core switches rules off by itself that ran out of fuel each time.
    if (isOn) changeDocument(parts, step, { collection: 'automations', id, value: { ...rule, enabled: false } });
    parts.offences.stopped(id, outcome, at);
    step.changes.push({ topic: 'repair', id: repairId(id), value: repairOf(id, rule.name ?? id, outcome, at) });
    switched ||= isOn;
  }
  return switched;
}

/** People changed the rule: it begins anew. */
export function forgiveEdited({ offences }: Parts, step: Step): void {
  const stopped = new Set(offences.export().flatMap(([rule, { stoppedAt }]) => (stoppedAt === null ? [] : [rule])));
  for (const { collection, id } of step.edits) {
    if (collection !== 'automations') continue;
    offences.forget(id);
    if (stopped.has(id)) step.changes.push({ topic: 'repair', id: repairId(id), value: null });
  }
}

export function runawayRepairs({ offences, registry: { get } }: Pick<Parts, 'offences' | 'registry'>): Repair[] {
  return offences.export().flatMap(([id, { outcome, stoppedAt }]) => {
    const name = get('automations', id)?.name ?? id;
    return stoppedAt === null ? [] : [repairOf(id, name, outcome, stoppedAt)];
  });
}

const repairId = (rule: string): string => `automation-${rule}`;

const WHY: Readonly<Record<Outcome, string>> = {
  fuel: 'it did too much at once, again and again',
  cascade: 'it and others went on starting one another, again and again',
};

function repairOf(id: string, name: string, outcome: Outcome, at: number): Repair {
  return {
    id: repairId(id),
    automation: id,
    severity: 'warning',
    since: new Date(at).toISOString(),
    diagnosis: `The automation ${name} was switched off: ${WHY[outcome]}.`,
    step: 'Look at its last runs and change what starts it over, then switch it on again.',
    fix: 'Switch on',
  };
}
