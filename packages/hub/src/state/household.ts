// What the home knows beside its devices: who is home, what its schedules say, and what is to be taken back when.

import type { DeviceCommand } from '@lintel/model';
import type { CoreCommand } from './core.ts';
import { puttingBack } from './take-back.ts';
import { announcePerson, announceSchedule, placeOf, type Parts, type Step } from './parts.ts';
import type { Revert } from './reverts.ts';

/** Who came and left, and which schedules moved on: inputs of the core, behind what brought them. */
export function takeHousehold(parts: Parts, step: Step): void {
  const { record } = step;
  const edited = new Set(step.edits.map(({ collection }) => collection));
  const { sequence, at } = record;
  if (concernsPeople(parts, step, edited)) {
    for (const { person, presence } of parts.presence.step(at, parts.registry, parts.properties)) {
      announcePerson(parts, step, person);
      step.events.push({ person, presence, sequence });
    }
  }
  const anew = edited.has('schedules') || edited.has('home') || record.kind === 'start' || record.kind === 'clock';
  const schedules = parts.registry.list('schedules');
  for (const { schedule, value } of parts.schedules.step(at, schedules, placeOf(parts.registry), anew)) {
    announceSchedule(parts, step, schedule);
    step.events.push({ schedule, value, sequence });
  }
}

function concernsPeople({ presence }: Parts, { record }: Step, edited: ReadonlySet<string>): boolean {
  if (edited.has('people') || edited.has('devices') || record.kind === 'start') return true;
  if (record.kind === 'presence') return presence.matters(record.body.source);
  return (record.kind === 'report' || record.kind === 'online') && presence.matters(record.body.device);
}

/** Commands that take back what was to hold for a while; they stand in `pending` like a rule's own. */
export function takeReverts(parts: Parts, { record }: Step): CoreCommand[] {
  const isOwed = (command: string, device: string): boolean =>
    (parts.pending.get(command)?.deliveries ?? []).some((delivery) => delivery.device === device);
  return parts.reverts.due(record.at, parts.registry, parts.properties, isOwed).flatMap((revert) =>
    revert.items
      .flatMap(({ device, endpoint, before }) =>
        puttingBack(before).map((back) => ({ target: { device: `${device}/${endpoint}` }, back })),
      )
      .map(({ target, back }, index): CoreCommand => {
        const command = commandOf(revert, index, target, back, record.at);
        const { origin, sequence: cause } = revert;
        const { id } = command;
        parts.pending.emitted({ id, command, origin, cause, emittedAt: record.at, deliveries: null });
        return command;
      }),
  );
}

function commandOf(
  { id, sequence, origin }: Revert,
  index: number,
  target: { readonly device: string },
  back: DeviceCommand,
  at: number,
): CoreCommand {
  const rule = origin.kind === 'automation' ? (origin.id ?? '') : '';
  const emitted = { id: `${id}#${index}`, at, rule, run: 0, cause: sequence, target };
  if ('set' in back) return { ...emitted, kind: 'set', values: back.set };
  return { ...emitted, kind: 'command', command: back.command };
}
