// What an automation did lately, and what of it is still under way.

import type { LogicalRun } from '@lintel/engine';
import { HubError } from '@lintel/model';
import type { Kernel } from '../kernel.ts';
import type { RunDetail, RunTrace } from '../views.ts';
import { chainFrom } from './chains.ts';

const iso = (at: number): string => new Date(at).toISOString();

export function automationRuns(kernel: Kernel) {
  const { registry, runs, core } = kernel.machine;

  /** Runs that have done nothing yet but wait stand in the core alone. */
  const list = (id: string): readonly RunTrace[] => {
    if (registry.get('automations', id) === null)
      throw new HubError('NOT_FOUND', `there is no automation ${JSON.stringify(id.slice(0, 64))}`);
    const told = runs.list(id);
    const known = new Set(told.map(({ run }) => run));
    const waiting = core.runs(id).filter(({ run }) => !known.has(run));
    return [...waiting.map(viewOf), ...told].toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  };

  const one = (id: string, run: number): RunDetail => {
    const found = list(id).find((each) => each.run === run && run > 0);
    if (found === undefined) throw new HubError('NOT_FOUND', 'there is no such run any more, or not yet');
    const waits = core.runs(id).find((each) => each.run === run)?.waits ?? [];
    return {
      ...found,
      waits: waits.map(({ pointer, kind, until }) => ({ pointer, kind, until: until === null ? null : iso(until) })),
      causes: chainFrom(kernel, found.cause),
    };
  };

  return { runs: list, runOf: one };
}

const viewOf = ({ run, queued, trigger, startedAt, cause }: LogicalRun): RunTrace => ({
  run,
  at: iso(startedAt),
  trigger,
  outcome: queued ? 'queued' : 'running',
  cause,
  commands: [],
});
