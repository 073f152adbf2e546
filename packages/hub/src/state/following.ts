// What rules change inside the core, their variables and whether a rule is on, shows in the documents of the home.

import type { Rule, Value } from '@lintel/model';
import type { CoreTrace } from './core.ts';
import { changeDocument, type Parts, type Step } from './parts.ts';

interface Watched {
  readonly variables: ReadonlySet<string>;
  readonly rules: ReadonlySet<string>;
}

export interface Following {
  /** Brings the documents up to what the core has; answers whether a rule was switched, so that the core is given it anew. */
  follow(parts: Parts, step: Step, traces: readonly CoreTrace[]): boolean;
}

export function createFollowing(): Following {
  let watched: Watched | null = null;
  return {
    follow: (parts, step, traces) => {
      if (watched === null || step.edits.some(({ collection }) => collection === 'automations')) {
        watched = watchedBy([...parts.registry.list('automations'), ...parts.core.formerRules]);
      }
      for (const name of watched.variables) followVariable(parts, step, name);
      const stopped = traces.filter(({ outcome }) => outcome === 'fuel' || outcome === 'cascade');
      const rules = [...watched.rules, ...stopped.map(({ rule }) => rule)];
      return rules.map((rule) => followRule(parts, step, rule)).includes(true);
    },
  };
}

/** A variable that no one described is described by its first value. */
function followVariable(parts: Parts, step: Step, name: string): void {
  const value: Value = parts.core.variable(name);
  const known = parts.registry.get('variables', name);
  if ((known?.value ?? null) === value) return;
  const type = value === null ? 'string' : (typeof value as 'boolean' | 'number' | 'string');
  changeDocument(parts, step, { collection: 'variables', id: name, value: { id: name, name, type, ...known, value } });
}

function followRule(parts: Parts, step: Step, id: string): boolean {
  const rule = parts.registry.get('automations', id);
  const enabled = parts.core.isEnabled(id);
  if (rule === null || enabled === null || (rule.enabled ?? true) === enabled) return false;
  changeDocument(parts, step, { collection: 'automations', id, value: { ...rule, enabled } });
  return true;
}

/** What the rules' actions, however deep, can change; runs of old versions go on with those. */
function watchedBy(rules: readonly Rule[]): Watched {
  const variables = new Set<string>();
  const switched = new Set<string>();
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const { kind, name, automation, do: what } = part as Readonly<Record<string, unknown>>;
    if (kind === 'variable' && typeof name === 'string') variables.add(name);
    if (kind === 'automation' && what !== 'run' && typeof automation === 'string') switched.add(automation);
    Object.values(part).forEach(walk);
  };
  for (const { actions } of rules) walk(actions);
  return { variables, rules: switched };
}
