// The home as a deterministic machine: a journaled record goes in, what follows from it comes out. It reads no clock and asks
// no one, so that the same journal always leads to the same home.

import { DATA_FIELDS_MAX } from '@lintel/engine';
import type { Origin, Value } from '@lintel/model';
import { describeCommand } from '../activity/describe.ts';
import type { ChangeBody } from '../interface.ts';
import type { Edit, JournalRecord } from '../journal/records.ts';
import { takeCommand } from './actions.ts';
import { forgetDeparted } from './authors.ts';
import { asCoreCommand, type CoreCommand, type CoreEvent } from './core.ts';
import { replaceRules, takeEdits, tellVariables } from './edits.ts';
import { createFollowing, type Following } from './following.ts';
import { takeHousehold, takeReverts } from './household.ts';
import { forgiveEdited, takeOffences } from './offences.ts';
import { runOfPending, timerOfPending } from './pending-ids.ts';
import { announce, type OfKind, type Parts, type Step } from './parts.ts';
import { setBack } from './set-back.ts';
import { takeReturn } from './returns.ts';
import { rememberRecall } from './recalls.ts';

export interface Effects {
  /** What the live page is told, in order. */
  readonly changes: readonly ChangeBody[];
  /** What rules want done now; those for devices stand in `pending` too. */
  readonly commands: readonly CoreCommand[];
  /** Documents that changed, people's edits and rules' alike, for the projection. */
  readonly edits: readonly Edit[];
  /** What the core was given, for history. */
  readonly events: readonly CoreEvent[];
  /** What could not be done, in words for the owner. */
  readonly troubles: readonly string[];
}

export interface Machine extends Parts {
  apply(record: JournalRecord): Effects;
  /** When the core next wants to be stepped, milliseconds since 1970; as of the last record. */
  readonly wakeAt: number | null;
}

export function createMachine(parts: Parts): Machine {
  let wakeAt: number | null = null;
  const following = createFollowing();
  return {
    ...parts,
    get wakeAt() {
      return wakeAt;
    },
    apply: (record) => {
      const step: Step = { record, changes: [], edits: [], events: [], troubles: [], commands: [], switched: false };
      take(parts, step);
      takeClock(parts, step);
      forgiveEdited(parts, step);
      takeHousehold(parts, step);
      step.commands.push(...takeReverts(parts, step));
      const stepped = stepCore(parts, step, following);
      wakeAt = earliest(stepped.wakeAt, parts.schedules.nextAt, parts.reverts.nextAt);
      const { changes, edits, events, troubles } = step;
      return { changes, commands: [...step.commands, ...stepped.commands], edits, events, troubles };
    },
  };
}

function earliest(...times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function take(parts: Parts, step: Step): void {
  const { record } = step;
  switch (record.kind) {
    case 'start':
      parts.properties.markUnheard();
      step.events.push({ start: true, sequence: record.sequence });
      return tellVariables(parts, step);
    case 'report':
      return takeReport(parts, step, record);
    case 'event':
      return takeEvent(step, record);
    case 'online':
      return takeOnline(parts, step, record.body.device, record.body.online);
    case 'stale':
      return takeStale(parts, step, record.body.device);
    case 'edit':
      return takeEdits(parts, step, record.body.edits);
    case 'run':
      step.events.push({ run: record.body.rule, sequence: record.sequence });
      return;
    case 'webhook':
      step.events.push({ ...record.body, sequence: record.sequence });
      return;
    case 'presence':
      return parts.presence.heard(record.body.source, record.body.presence);
    case 'sent':
      return takeSent(parts, record);
    case 'cancel':
      return takeCancel(parts, step, record.body.pending);
    case 'outcome':
      return takeOutcome(parts, step, record);
    case 'clock':
    case 'tick':
    case 'command':
  }
}

/** While no one knows the time of day, clock triggers pass as if the hub were down. */
function takeClock(parts: Parts, { record, events }: Step): void {
  const { clock } = parts;
  if (record.kind === 'clock') {
    clock.lost = record.body.lost;
    if (record.body.backTo !== undefined) setBack(parts, record.body.backTo);
  }
  if (record.kind === 'clock' || (clock.lost && record.kind !== 'start'))
    events.unshift({ downtime: true, sequence: record.sequence });
}

function takeReport(parts: Parts, step: Step, { sequence, at, body, origin }: OfKind<'report'>): void {
  const entry = parts.properties.touch(body.device);
  hear(parts, step, body.device);
  for (const [property, value] of Object.entries(body.values)) {
    const known = entry.properties.get(property);
    const sent = parts.attribution.heard(body.device, property, value, at);
    const changed = known === undefined || known.value !== value;
    const doing = changed ? { origin: sent?.origin ?? origin, cause: sent?.sequence ?? sequence } : known;
    entry.properties.set(property, {
      value,
      changedAt: changed ? at : known.changedAt,
      reportedAt: at,
      origin: doing.origin,
      cause: doing.cause,
    });
    if (changed) step.changes.push({ topic: 'property', device: body.device, property, value, ...pick(doing) });
    step.events.push({ device: body.device, property, value, origin: doing.origin.kind, sequence });
  }
}

const pick = ({ origin, cause }: { origin: Origin; cause: number }): { origin: Origin; cause: number } => ({
  origin,
  cause,
});

function takeEvent(step: Step, { sequence, body }: OfKind<'event'>): void {
  const { device, event, data } = body;
  const { button, action, ...detail } = data as { button?: unknown; action?: unknown };
  const named = { ...nameIn('button', button), ...nameIn('action', action) };
  step.changes.push({ topic: 'event', device, event, ...named, ...(Object.keys(detail).length > 0 && { detail }) });
  // What the home itself tells is read by its data alone, like an event that a rule emits.
  const scalars = Object.entries(device === null ? data : detail).filter(([, value]) => typeof value !== 'object');
  const told = Object.fromEntries(scalars.slice(0, DATA_FIELDS_MAX)) as Record<string, Value>;
  const heard = { event, ...named, data: told, sequence };
  step.events.push(device === null ? heard : { device, ...heard });
}

/** A button or an action that has a name; what rules cannot name they do not hear of. */
function nameIn<Field extends string>(field: Field, raw: unknown): { readonly [Name in Field]?: string } {
  const name = String(raw ?? '');
  return (name === '' || name.includes('\0') ? {} : { [field]: name }) as { readonly [Name in Field]?: string };
}

/** Anything heard of a device makes it reachable. */
function hear(parts: Parts, step: Step, device: string): void {
  const entry = parts.properties.touch(device);
  const wasStale = !entry.heard;
  entry.lastSeen = step.record.at;
  entry.heard = true;
  if (!entry.online) takeOnline(parts, step, device, true);
  else if (wasStale) announce(parts, step, device);
}

function takeOnline(parts: Parts, step: Step, device: string, online: boolean): void {
  const entry = parts.properties.touch(device);
  if (online) {
    entry.lastSeen = step.record.at;
    entry.heard = true;
  }
  if (entry.online !== online) step.events.push({ device, online, sequence: step.record.sequence });
  if (online && !entry.online) takeReturn(parts, step, device);
  entry.online = online;
  announce(parts, step, device);
}

/** A revert is forgotten here; runs and timers are the core's. */
function takeCancel(parts: Parts, step: Step, pending: string): void {
  const { sequence } = step.record;
  const [run, timer] = [runOfPending(pending), timerOfPending(pending)];
  if (run !== null) step.events.push({ cancel: run, sequence });
  else if (timer !== null) step.events.push({ calledOff: timer, sequence });
  else parts.reverts.cancel(pending);
}

/** What is known of the device counts as old until it is heard again. */
function takeStale(parts: Parts, step: Step, device: string): void {
  parts.properties.touch(device).heard = false;
  announce(parts, step, device);
}

function takeSent(parts: Parts, record: OfKind<'sent'>): void {
  const { sequence, at, origin, body } = record;
  const askedAt = parts.pending.get(body.command)?.emittedAt ?? at;
  parts.reverts.sent({ ...body, sequence, at, askedAt, origin }, parts.registry, parts.properties);
  rememberRecall(parts, record);
  parts.attribution.sent(record);
  parts.pending.sent(body.command, body.deliveries);
}

function takeOutcome(parts: Parts, step: Step, record: OfKind<'outcome'>): void {
  const { sequence, body } = record;
  if (body.status === 'expired') noteDropped(parts, record);
  else if (body.device === '' || body.error?.code === 'FORBIDDEN') noteRefused(parts, record);
  const status = parts.pending.settled(body.command, body);
  if (status !== null) step.events.push({ outcome: body.command, status, sequence });
}

/** A command that could not reach its device while it was worth anything leaves a line in the trace of its run. */
function noteDropped({ pending, runs, registry: { get } }: Parts, { sequence, at, body }: OfKind<'outcome'>): void {
  const owed = pending.get(body.command);
  if (owed === null) return;
  const name = get('devices', body.device)?.name ?? body.device;
  const asked = (owed.deliveries ?? []).find(({ device }) => device === body.device)?.command;
  const what = asked === undefined ? '' : `${describeCommand(asked)}, `;
  const text = `dropped: ${what}since ${name} could not be told in time`;
  runs.note(owed.command.rule, owed.command.run, { sequence, at: new Date(at).toISOString(), text });
}

/** So does one that reached no device at all, or was refused before it did. */
function noteRefused({ pending, runs }: Parts, { sequence, at, body }: OfKind<'outcome'>): void {
  const owed = pending.get(body.command);
  if (owed === null || body.error === undefined) return;
  const text = `${body.error.code}: ${body.error.detail}`;
  runs.note(owed.command.rule, owed.command.run, { sequence, at: new Date(at).toISOString(), text });
}

function stepCore(
  parts: Parts,
  step: Step,
  following: Following,
): { commands: readonly CoreCommand[]; wakeAt: number | null } {
  const { record } = step;
  const stepped = parts.core.step(record.at, step.events);
  const commands = stepped.commands.map(asCoreCommand);
  for (const command of commands) takeCommand(parts, step, command);
  for (const trace of stepped.traces) {
    const run = parts.runs.ended(trace, record.sequence);
    if (parts.registry.get('automations', trace.rule) === null) parts.runs.forget(trace.rule);
    step.changes.push({ topic: 'run', automation: trace.rule, value: run });
  }
  if (stepped.traces.length > 0 || record.kind === 'outcome') forgetDeparted(parts);
  const followed = following.follow(parts, step, stepped.traces);
  const switched = takeOffences(parts, step, stepped.traces) || followed || step.switched;
  if (!switched) return { commands, wakeAt: stepped.wakeAt };
  replaceRules(parts, step);
  return { commands, wakeAt: parts.core.wakeAt };
}
