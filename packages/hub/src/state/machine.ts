// The home as a deterministic machine: a journaled record goes in, what follows from it comes out. It reads no clock and asks
// no one, so that the same journal always leads to the same home.

import type { Home, Origin, Value } from '@lintel/model';
import type { ChangeBody } from '../interface.ts';
import type { Edit, JournalRecord } from '../journal/records.ts';
import { HOME_ID, type Registry } from '../registry/registry.ts';
import type { Attribution } from './attribution.ts';
import { asCoreCommand, NOWHERE, type Core, type CoreCommand, type CoreEvent } from './core.ts';
import { deviceView } from './device-view.ts';
import { loadRules } from './load-rules.ts';
import type { Pending } from './pending.ts';
import type { Properties } from './properties.ts';
import type { Runs } from './runs.ts';

export interface Parts {
  readonly registry: Registry;
  readonly properties: Properties;
  readonly attribution: Attribution;
  readonly pending: Pending;
  readonly runs: Runs;
  readonly core: Core;
}

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

interface Step {
  readonly record: JournalRecord;
  readonly changes: ChangeBody[];
  readonly edits: Edit[];
  readonly events: CoreEvent[];
  readonly troubles: string[];
}

type OfKind<Kind extends JournalRecord['kind']> = Extract<JournalRecord, { kind: Kind }>;

export function createMachine(parts: Parts): Machine {
  let wakeAt: number | null = null;
  return {
    ...parts,
    get wakeAt() {
      return wakeAt;
    },
    apply: (record) => {
      const step: Step = { record, changes: [], edits: [], events: [], troubles: [] };
      take(parts, step);
      const stepped = stepCore(parts, step);
      wakeAt = stepped.wakeAt;
      const { changes, edits, events, troubles } = step;
      return { changes, commands: stepped.commands, edits, events, troubles };
    },
  };
}

function take(parts: Parts, step: Step): void {
  const { record } = step;
  switch (record.kind) {
    case 'start':
      parts.properties.markUnheard();
      step.events.push({ start: true, sequence: record.sequence });
      return;
    case 'report':
      return takeReport(parts, step, record);
    case 'event':
      return takeEvent(step, record);
    case 'online':
      return takeOnline(parts, step, record.body.device, record.body.online);
    case 'edit':
      return takeEdits(parts, step, record.body.edits);
    case 'run':
      step.events.push({ run: record.body.rule, sequence: record.sequence });
      return;
    case 'sent':
      parts.attribution.sent(record);
      parts.pending.sent(record.body.command, record.body.deliveries);
      return;
    case 'outcome':
      return takeOutcome(parts, step, record);
    case 'tick':
    case 'command':
  }
}

function takeReport(parts: Parts, step: Step, { sequence, at, body, origin }: OfKind<'report'>): void {
  const entry = parts.properties.touch(body.device);
  hear(parts, step, body.device);
  for (const [property, value] of Object.entries(body.values)) {
    const known = entry.properties.get(property);
    const sent = parts.attribution.find(body.device, property, value, at);
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
  const named = {
    ...(button !== undefined && { button: String(button) }),
    ...(action !== undefined && { action: String(action) }),
  };
  step.changes.push({ topic: 'event', device, event, ...named, ...(Object.keys(detail).length > 0 && { detail }) });
  const scalars = Object.fromEntries(Object.entries(detail).filter(([, value]) => typeof value !== 'object'));
  const heard = { event, ...named, data: scalars as Record<string, Value>, sequence };
  step.events.push(device === null ? heard : { device, ...heard });
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
  entry.online = online;
  announce(parts, step, device);
}

/** Tells the live page of a whole device. */
function announce(parts: Parts, step: Step, device: string): void {
  const record = parts.registry.get('devices', device);
  if (record === null) return;
  const value = deviceView(record, parts.properties.device(device), step.record.at);
  step.changes.push({ topic: 'device', id: device, value });
}

const FOR_CORE: ReadonlySet<string> = new Set(['automations', 'devices', 'rooms', 'home']);

function takeEdits(parts: Parts, step: Step, edits: readonly Edit[]): void {
  const { registry, core } = parts;
  const before = registry.home;
  parts.registry.apply(edits);
  step.edits.push(...edits);
  for (const edit of edits) announceEdit(parts, step, edit);
  const isModeAlone = edits.every(({ collection }) => collection === 'home') && samePlace(before, registry.home);
  if (edits.some(({ collection }) => FOR_CORE.has(collection)) && !isModeAlone) {
    const options = { devices: membership(parts, step.record.at), home: homeForCore(registry) };
    const { refused } = loadRules(registry.list('automations'), (rules) => core.replaceRules(rules, options));
    step.troubles.push(...refused);
  }
  const mode = registry.home?.mode;
  if (mode !== undefined && mode !== before?.mode) step.events.push({ mode, sequence: step.record.sequence });
}

const samePlace = (before: Home | null, after: Home | null): boolean =>
  before?.latitude === after?.latitude &&
  before?.longitude === after?.longitude &&
  before?.timeZone === after?.timeZone &&
  String(before?.holidays) === String(after?.holidays);

/** Devices as the core needs them: who is in which room, and of what kind. */
export function membership({ registry, properties }: Pick<Parts, 'registry' | 'properties'>, now: number) {
  return registry.list('devices').map((record) => deviceView(record, properties.device(record.id), now));
}

const TOPICS = { rooms: 'room', groups: 'group', scenes: 'scene', automations: 'automation' } as const;

function announceEdit(parts: Parts, step: Step, { collection, id, value }: Edit): void {
  if (collection === 'home') {
    const { id: _, ...home } = parts.registry.home!;
    step.changes.push({ topic: 'home', value: home });
  } else if (collection !== 'devices') {
    step.changes.push({ topic: TOPICS[collection], id, value });
    if (collection === 'automations' && value === null) parts.runs.forget(id);
  } else if (value === null) {
    parts.properties.forget(id);
    step.changes.push({ topic: 'device', id, value: null });
  } else {
    announce(parts, step, id);
  }
}

function takeOutcome(parts: Parts, step: Step, { sequence, body }: OfKind<'outcome'>): void {
  if (parts.pending.settled(body.command, body.device)) {
    const status = body.status === 'done' ? 'done' : body.status === 'timeout' ? 'timeout' : 'failed';
    step.events.push({ outcome: body.command, status, sequence });
  }
}

function stepCore(parts: Parts, step: Step): { commands: readonly CoreCommand[]; wakeAt: number | null } {
  const { record } = step;
  const stepped = parts.core.step(record.at, step.events);
  const commands = stepped.commands.map(asCoreCommand);
  for (const command of commands) takeCommand(parts, step, command);
  for (const trace of stepped.traces) {
    const run = parts.runs.ended(trace, record.sequence);
    step.changes.push({ topic: 'run', automation: trace.rule, value: run });
  }
  return { commands, wakeAt: stepped.wakeAt };
}

function takeCommand(parts: Parts, step: Step, command: CoreCommand): void {
  const { sequence, at } = step.record;
  const cause = command.cause === 0 ? sequence : command.cause;
  const rule = parts.registry.get('automations', command.rule);
  const origin: Origin = { kind: 'automation', id: command.rule, name: rule?.name ?? command.rule };
  const text = describeCommand(command);
  parts.runs.command(command.rule, command.run, cause, { sequence, at: new Date(command.at).toISOString(), text });
  if (command.kind === 'set' || command.kind === 'command' || command.kind === 'scene') {
    parts.pending.emitted({ id: String(command.id), command, origin, cause, emittedAt: at, deliveries: null });
  } else if (command.kind === 'mode') {
    changeMode(parts, step, command.mode);
  }
}

function describeCommand(command: CoreCommand): string {
  const { id: _id, at: _at, rule: _rule, run: _run, cause: _cause, kind, ...rest } = command;
  return `${kind} ${JSON.stringify(rest)}`;
}

/** The core has changed the mode already; the home's document follows. */
function changeMode(parts: Parts, step: Step, mode: string): void {
  if (parts.registry.home === null || parts.registry.home.mode === mode) return;
  const edit: Edit = { collection: 'home', id: HOME_ID, value: { ...parts.registry.home, mode } };
  parts.registry.apply([edit]);
  step.edits.push(edit);
  announceEdit(parts, step, edit);
}

export const homeForCore = (registry: Registry): typeof NOWHERE => registry.home ?? NOWHERE;
