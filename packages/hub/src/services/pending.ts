// What is still to come: runs that wait, and commands that will be taken back.

import type { LogicalRun } from '@lintel/engine';
import { HubError, type Origin } from '@lintel/model';
import type { PendingView } from '../views.ts';
import { describeValues } from '../activity/describe.ts';
import type { Kernel } from '../kernel.ts';
import { pendingRunId } from '../state/pending-ids.ts';
import type { Revert } from '../state/reverts.ts';

const iso = (at: number): string => new Date(at).toISOString();

export function pendingService({ machine, submit, journal }: Kernel) {
  const { registry, reverts, core } = machine;

  const revertView = ({ id, dueAt, sentAt, origin, items }: Revert): PendingView => ({
    id,
    kind: 'revert',
    at: iso(dueAt),
    since: iso(sentAt),
    text: items
      .map(
        ({ device, before }) => `${registry.get('devices', device)?.name ?? device}: back to ${describeValues(before)}`,
      )
      .join('; '),
    origin,
    devices: [...new Set(items.map(({ device }) => device))],
    cancellable: true,
  });

  const runView = (rule: string, { run, startedAt, queued, waits }: LogicalRun): PendingView => {
    const times = waits.flatMap(({ until }) => until ?? []);
    const name = registry.get('automations', rule)?.name ?? rule;
    return {
      id: pendingRunId({ rule, run }),
      kind: 'run',
      at: times.length === 0 ? null : iso(Math.min(...times)),
      since: iso(startedAt),
      text: queued
        ? `${name}: waits for its run before`
        : `${name}: ${[...new Set(waits.map(({ kind }) => WAITS[kind]))].join(', ')}`,
      origin: { kind: 'automation', id: rule, name },
      automation: rule,
      run,
      pointers: waits.map(({ pointer }) => pointer),
      cancellable: true,
    };
  };

  const runs = (): PendingView[] =>
    Object.entries(core.export().rules).flatMap(([rule, state]) => state.runs.map((run) => runView(rule, run)));

  return {
    /** What comes first is first; what has no time is last. */
    list: (): readonly PendingView[] =>
      [...reverts.list().map(revertView), ...runs()].toSorted((a, b) => ((a.at ?? '~') < (b.at ?? '~') ? -1 : 1)),
    cancel: async (id: string, by: Origin): Promise<void> => {
      if (![...reverts.list(), ...runs()].some((each) => each.id === id))
        throw new HubError('NOT_FOUND', `nothing pending has the id ${JSON.stringify(id.slice(0, 100))}`);
      const { sequence } = submit({ kind: 'cancel', body: { pending: id } }, by);
      await journal.synced(sequence, true);
    },
  };
}

const WAITS: Readonly<Record<LogicalRun['waits'][number]['kind'], string>> = {
  delay: 'waits for a time',
  condition: 'waits until something is so',
  event: 'waits for something to happen',
  outcome: 'waits for a device to answer',
  branches: 'waits for its branches',
  ready: 'goes on at once',
};
