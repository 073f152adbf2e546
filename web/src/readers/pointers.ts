// What a JSON pointer into a rule means, in the words of the step it leads to.

import type { Action, Condition, Rule, Trigger } from '@lintel/model';
import { actionText, conditionText, triggerText, type Names } from './sentences.ts';

interface Step {
  readonly kind: string;
}

/** Members that hold conditions and triggers; every other list holds actions. */
const CONDITIONS = new Set(['conditions', 'condition', 'if', 'while', 'until']);
const TRIGGERS = new Set(['triggers', 'event']);

const isStep = (value: unknown): value is Step =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Step>).kind === 'string';

const unescape = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

/** The innermost step on the way of the pointer, in words; null where there is none. */
export function pointerText(rule: Rule, pointer: string, names: Names): string | null {
  let [at, found, member]: [unknown, Step | null, string] = [rule, null, ''];
  let within = '';
  for (const part of pointer.split('/').slice(1).map(unescape)) {
    if (typeof at !== 'object' || at === null) break;
    at = (at as Readonly<Record<string, unknown>>)[part];
    if (!/^\d+$/.test(part)) within = part;
    if (isStep(at)) [found, member] = [at, within];
  }
  return found === null ? null : stepText(found, member, names);
}

function stepText(step: Step, member: string, names: Names): string {
  if (TRIGGERS.has(member)) return triggerText(step as Trigger, names);
  return CONDITIONS.has(member) ? conditionText(step as Condition, names) : actionText(step as Action, names);
}
