// What a run waits for: one trigger, or several that can be said as one.

import type { EventTrigger, PropertyTrigger, Trigger } from '@lintel/model';
import { Lost } from './notes.ts';
import { itemsOf } from './reading.ts';
import type { Scope } from './scope.ts';
import type { Source } from './source.ts';
import { readTrigger } from './triggers.ts';

export function waitFor(source: Source, scope: Scope): Trigger {
  const started = itemsOf(source).flatMap((item) => readTrigger(item, scope));
  const [first] = started;
  if (first === undefined) throw new Lost(source.line, 'expected a trigger to wait for');
  if (started.some(({ only }) => only !== undefined))
    throw new Lost(source.line, 'a wait for an event with certain data has no counterpart');
  const triggers = started.map(({ trigger }) => trigger);
  if (triggers.length === 1) return first.trigger;
  return oneEvent(triggers) ?? oneExpression(triggers, source.line);
}

/** Answers to a notification, presses of one button. */
function oneEvent(triggers: readonly Trigger[]): Trigger | null {
  const events = triggers.filter((trigger): trigger is EventTrigger => trigger.kind === 'event');
  if (events.length < triggers.length) return null;
  const rest = new Set(events.map(({ action: _action, ...other }) => JSON.stringify(other)));
  const actions = events.flatMap(({ action }) => action ?? []);
  return rest.size === 1 && actions.length >= events.length ? { ...events[0]!, action: actions } : null;
}

function oneExpression(triggers: readonly Trigger[], line: number): Trigger {
  const parts = triggers.flatMap((trigger): string[] => {
    if (trigger.kind === 'expression' && trigger.for === undefined) return [`(${trigger.expression})`];
    if (trigger.kind !== 'property' || trigger.for !== undefined || trigger.from !== undefined || trigger.changes)
      throw new Lost(line, 'a wait for any of these triggers has no counterpart');
    const devices =
      typeof trigger.device === 'string' ? [trigger.device] : 'devices' in trigger.device ? trigger.device.devices : [];
    return devices.map((device) => asExpression(trigger, device));
  });
  return { kind: 'expression', expression: parts.join(' || ') };
}

function asExpression({ property, becomes, above, below }: PropertyTrigger, device: string): string {
  const read = `device(${JSON.stringify(device)})[${JSON.stringify(property)}]`;
  const values = becomes === undefined ? [] : Array.isArray(becomes) ? becomes : [becomes];
  const equal = values.map((value) => `${read} == ${JSON.stringify(value)}`).join(' || ');
  const bounds = [
    above === undefined ? [] : `${read} > ${above}`,
    below === undefined ? [] : `${read} < ${below}`,
  ].flat();
  return values.length > 0 ? `(${equal})` : `(${bounds.join(' && ')})`;
}
