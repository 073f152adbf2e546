// Compiles one rule to a fragment.

import type { Action, Rule } from '@lintel/model';
import * as abi from '../../../../assembly/abi.ts';
import { INSTANT_ROWS_MAX } from '../../../../assembly/limits.ts';
import { below } from '../errors.ts';
import { ActionWriter } from './actions.ts';
import { conditionsCode } from './conditions.ts';
import type { Fragment, Instruction } from './fragment.ts';
import { writeTrigger } from './triggers.ts';
import { FragmentWriter } from './writer.ts';

/** The rule's text without what the hub adds to it, by which an edit is told from none. */
export function sourceOf(rule: Rule): string {
  if (rule.author === undefined && rule.version === undefined) return JSON.stringify(rule);
  const { author: _author, version: _version, ...rest } = rule;
  return JSON.stringify(rest);
}

/** How many keys something that JSON can say has, all in all. */
function countKeys(raw: unknown): number {
  if (typeof raw !== 'object' || raw === null) return 0;
  const values: unknown[] = Object.values(raw);
  return values.reduce<number>((sum, value) => sum + countKeys(value), Array.isArray(raw) ? 0 : values.length);
}

/** The most runs of a rule at a time, those that wait in its queue among them. */
export function maxRuns(rule: Rule): number {
  return rule.mode === 'queued' || rule.mode === 'parallel' ? (rule.max ?? 10) : 1;
}

/** Gives a fragment the text of its rule that says whether it is on: that alone is no other code. */
export function switchText(fragment: Fragment, rule: Rule): void {
  fragment.source = sourceOf(rule);
  fragment.rule = JSON.parse(fragment.source) as Rule;
  fragment.keyCount = countKeys(fragment.rule);
}

/** @param rule one that checkRule has passed */
export function compileRule(rule: Rule): Fragment {
  const source = sourceOf(rule);
  const own = JSON.parse(source) as Rule;
  const writer = new FragmentWriter(own.id);
  new ActionWriter(writer).write(own.actions, '/actions', []);
  writer.emit(abi.OP_FINISH);
  const conditions = own.conditions ?? [];
  const conditionsLabel = conditions.length === 0 ? null : conditionsCode(writer, conditions, '/conditions', []);
  for (const [index, trigger] of own.triggers.entries()) {
    writeTrigger(writer, trigger, index, below('/triggers', index), false);
  }
  writer.flush();
  return {
    rule: own,
    source,
    keyCount: countKeys(own),
    instructions: writer.instructions,
    conditionsAt: conditionsLabel?.at ?? -1,
    actionsAt: 0,
    holds: writer.holds,
    triggers: writer.triggers,
    actions: writer.actions,
    waitReads: writer.waitReads,
    listeners: writer.listeners,
    instant: isInstant(own.actions, writer.instructions),
    strands: writer.strands,
    places: writer.places,
    names: writer.names,
    dataKeys: writer.dataKeys,
    usesSets: writer.usesSets || own.actions.some(reachesMany),
    form: null,
  };
}

const INSTANT_ACTIONS = ['set', 'command', 'scene', 'notify'];

/** Only constant commands: such a rule is over at the instant at which it starts. */
function isInstant(actions: readonly Action[], instructions: readonly Instruction[]): boolean {
  if (actions.length > INSTANT_ROWS_MAX || !actions.every((action) => INSTANT_ACTIONS.includes(action.kind)))
    return false;
  if (instructions[actions.length]!.op !== abi.OP_FINISH) return false;
  let rows = 0;
  for (const instruction of instructions.slice(0, actions.length)) {
    const plain = instruction.op === abi.OP_SET_ROWS;
    if ((!plain && instruction.op !== abi.OP_ACT) || instruction.target !== null) return false;
    if (typeof instruction.wide === 'object' && instruction.wide.type === 'rows') rows += instruction.wide.rows.length;
  }
  return rows <= INSTANT_ROWS_MAX;
}

/** Whether what it reaches depends on who is in which room. */
function reachesMany(action: Action): boolean {
  return (action.kind === 'set' || action.kind === 'command') && !('device' in action.target);
}
