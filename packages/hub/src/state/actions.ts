// What the home makes of the commands its rules give: those for devices stand in `pending`, the others change the home here.

import type { Notification, Origin, Outcome } from '@lintel/model';
import { reach } from '../dispatch/resolve.ts';
import type { Edit } from '../journal/records.ts';
import { NOTIFICATIONS_KEPT } from '../limits.ts';
import { HOME_ID } from '../registry/registry.ts';
import { authorRefusal } from './authors.ts';
import { captured } from './capture.ts';
import type { CoreCommand } from './core.ts';
import { deviceView } from './device-view.ts';
import { changeDocument, type Parts, type Step } from './parts.ts';

export function takeCommand(parts: Parts, step: Step, command: CoreCommand): void {
  const { sequence, at } = step.record;
  const cause = command.cause === 0 ? sequence : command.cause;
  const origin = originOfRule(parts, command.rule);
  const told = { sequence, at: new Date(command.at).toISOString(), text: () => describeCommand(command) };
  parts.runs.command(command.rule, command.run, cause, told);
  const refusal = authorRefusal(parts, command);
  if (refusal !== null && isTakenHere(command)) return refuse(parts, command, { sequence, at: told.at }, refusal);
  const emit = (given: CoreCommand): void =>
    parts.pending.emitted({ id: String(command.id), command: given, origin, cause, emittedAt: at, deliveries: null });
  switch (command.kind) {
    case 'set':
    case 'command':
    case 'scene':
      return emit(command);
    case 'restore':
      return emit({ ...command, targets: parts.saves.find(command.rule, command.as) });
    case 'save':
      return save(parts, step, command);
    case 'mode':
      return changeMode(parts, step, command.mode);
    case 'notify':
      return notify(parts, step, command);
    case 'emit':
  }
}

/** Whether the machine carries it out itself; all else is refused where it would be sent. */
const isTakenHere = ({ kind }: CoreCommand): boolean =>
  kind === 'save' || kind === 'mode' || kind === 'notify' || kind === 'emit';

function refuse(
  { runs }: Parts,
  { rule, run }: CoreCommand,
  line: { readonly sequence: number; readonly at: string },
  { error }: Outcome,
): void {
  runs.note(rule, run, { ...line, text: `${error?.code}: ${error?.detail}` });
}

export function originOfRule({ registry }: Parts, rule: string): Origin {
  return { kind: 'automation', id: rule, name: registry.get('automations', rule)?.name ?? rule };
}

function describeCommand(command: CoreCommand): string {
  const { id: _id, at: _at, rule: _rule, run: _run, cause: _cause, kind, ...rest } = command;
  return `${kind} ${JSON.stringify(rest)}`;
}

function save(parts: Parts, { record }: Step, { rule, as, target }: CoreCommand & { kind: 'save' }): void {
  const devices = reach(parts.registry, target).map(({ record: each, endpoint }) => ({
    device: each.id,
    values: captured(deviceView(each, parts.properties.device(each.id), record.at), endpoint),
  }));
  parts.saves.save(rule, as, devices);
}

/** The core has changed the mode already; the home's document follows. */
function changeMode(parts: Parts, step: Step, mode: string): void {
  const { home } = parts.registry;
  if (home === null || home.mode === mode) return;
  changeDocument(parts, step, { collection: 'home', id: HOME_ID, value: { ...home, mode } });
}

type Notify = CoreCommand & { kind: 'notify' };

function notify(parts: Parts, step: Step, command: Notify): void {
  const { message, title, to, actions = [], tag, critical = false } = command;
  const notification: Notification = {
    id: `n${step.record.sequence}-${step.edits.length}`,
    at: new Date(command.at).toISOString(),
    ...(title != null && { title: String(title) }),
    text: String(message ?? ''),
    actions,
    critical,
    ...(tag !== undefined && { tag }),
    ...(to !== undefined && { to: typeof to === 'string' ? [to] : to }),
    automation: command.rule,
  };
  for (const edit of notificationEdits(parts, notification)) changeDocument(parts, step, edit);
}

/** A new notification, and those that make room for it. */
export function notificationEdits({ registry }: Pick<Parts, 'registry'>, notification: Notification): Edit[] {
  const kept = registry.list('notifications');
  const { tag } = notification;
  const replaced = tag === undefined ? [] : kept.filter((each) => each.tag === tag);
  const crowded = kept
    .filter((each) => !replaced.includes(each))
    .slice(0, Math.max(0, kept.length - NOTIFICATIONS_KEPT + 1));
  const gone = [...replaced, ...crowded].map(({ id }): Edit => ({ collection: 'notifications', id, value: null }));
  return [...gone, { collection: 'notifications', id: notification.id, value: notification }];
}
