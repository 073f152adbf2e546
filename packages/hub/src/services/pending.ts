// What is still to come: runs that wait, triggers whose `for` counts, and commands that will be taken back.

import type { LogicalCountdown, LogicalRun } from '@lintel/engine';
import { HubError, readDuration, type Origin, type Rule } from '@lintel/model';
import type { PendingView } from '../views.ts';
import { describeValues } from '../activity/describe.ts';
import type { Kernel } from '../kernel.ts';
import type { Registry } from '../registry/registry.ts';
import { pendingRunId, pendingTimerId } from '../state/pending-ids.ts';
import type { Revert } from '../state/reverts.ts';

export function pendingService({ machine, submit, journal }: Kernel) {
  const { registry, reverts, core } = machine;

  const all = (): PendingView[] => [
    ...reverts.list().map((revert) => revertView(registry, revert)),
    ...core.countdowns().map((countdown) => timerView(registry, countdown)),
    ...Object.entries(core.export().rules).flatMap(([rule, { runs }]) =>
      runs.map((run) => runView(registry, rule, run)),
    ),
  ];

  return {
    /** What comes first is first; what has no time is last. */
    list: (): readonly PendingView[] => all().toSorted((a, b) => ((a.at ?? '~') < (b.at ?? '~') ? -1 : 1)),
    cancel: async (id: string, by: Origin): Promise<void> => {
      if (!all().some((each) => each.id === id))
        throw new HubError('NOT_FOUND', `nothing pending has the id ${JSON.stringify(id.slice(0, 100))}`);
      const { sequence } = submit({ kind: 'cancel', body: { pending: id } }, by);
      await journal.synced(sequence, true);
    },
  };
}

const iso = (at: number): string => new Date(at).toISOString();
const deviceName = (registry: Registry, id: string): string => registry.get('devices', id)?.name ?? id;

function revertView(registry: Registry, { id, dueAt, sentAt, origin, items }: Revert): PendingView {
  return {
    id,
    kind: 'revert',
    at: iso(dueAt),
    since: iso(sentAt),
    text: items
      .map(({ device, before }) => `${deviceName(registry, device)}: back to ${describeValues(before)}`)
      .join('; '),
    origin,
    devices: [...new Set(items.map(({ device }) => device))],
    cancellable: true,
  };
}

function runView(registry: Registry, rule: string, { run, startedAt, queued, waits }: LogicalRun): PendingView {
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
}

function timerView(registry: Registry, countdown: LogicalCountdown): PendingView {
  const { rule: id, trigger, device, until } = countdown;
  const rule = registry.get('automations', id);
  const name = rule?.name ?? id;
  const index = triggerIndex(rule, trigger);
  const written = rule?.triggers[index] as { readonly for?: string } | undefined;
  const what = device === null ? 'it' : deviceName(registry, device);
  return {
    id: pendingTimerId(countdown),
    kind: 'timer',
    at: iso(until),
    since: iso(until - (readDuration(written?.for ?? '') ?? 0)),
    text: `${name}: starts if ${what} stays as it is`,
    origin: { kind: 'automation', id, name },
    automation: id,
    ...(device !== null && { devices: [device] }),
    pointers: [`/triggers/${index}`],
    cancellable: true,
  };
}

/** A trigger without an id of its own goes by its place. */
const triggerIndex = (rule: Rule | null, trigger: string): number =>
  rule?.triggers.findIndex(({ id }, index) => (id ?? String(index)) === trigger) ?? -1;

const WAITS: Readonly<Record<LogicalRun['waits'][number]['kind'], string>> = {
  delay: 'waits for a time',
  condition: 'waits until something is so',
  event: 'waits for something to happen',
  outcome: 'waits for a device to answer',
  branches: 'waits for its branches',
  ready: 'goes on at once',
};
