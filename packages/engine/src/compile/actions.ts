// Compiles actions to code that a strand carries out.

import { readDuration } from '@lintel/model';
import type { Action, FailurePolicy, Value } from '@lintel/model';
import * as abi from '../../../../assembly/abi.ts';
import { isExpression } from '../check/actions.ts';
import { below } from '../errors.ts';
import { conditionCode } from './conditions.ts';
import { expressionCode } from './expressions.ts';
import type { Part, RepeatScope } from './expressions.ts';
import { MODE_KEY, eventKey, propertyKeyOf, variableKey } from './fragment.ts';
import type { Label, Marks, Wide } from './fragment.ts';
import { repeatsIn } from './repeats.ts';
import { templateOf } from './templates.ts';
import type { Template } from './templates.ts';
import { listenersOf, writeTrigger } from './triggers.ts';
import type { FragmentWriter, InstructionFields } from './writer.ts';

type Of<K extends Action['kind']> = Extract<Action, { kind: K }>;

interface Around {
  readonly pointer: string;
  readonly repeats: readonly RepeatScope[];
}

const HAS_TIMEOUT = 1;
const STOPS_ON_TIMEOUT = 2;
const HAS_LISTENERS = 4;
const ENDLESS = 0xffff_ffff;

export class ActionWriter {
  readonly #writer: FragmentWriter;
  /** Counters handed out so far; parallel branches do not share them. */
  #locals = 0;

  constructor(writer: FragmentWriter) {
    this.#writer = writer;
  }

  write(actions: readonly Action[], pointer: string, repeats: readonly RepeatScope[]): void {
    for (const [index, action] of actions.entries()) this.#action(action, { pointer: below(pointer, index), repeats });
  }

  #action(action: Action, around: Around): void {
    this.#writer.places.set(this.#writer.instructions.length, around.pointer);
    switch (action.kind) {
      case 'set':
        return this.#set(action, around);
      case 'command':
        return this.#command(action, around);
      case 'save':
      case 'restore':
      case 'scene':
      case 'notify':
        return void this.#act(abi.OP_ACT, templateOf(action, around.pointer), around, {});
      case 'mode':
        return this.#assign(abi.OP_MODE, action.mode, around, templateOf(action, around.pointer));
      case 'variable':
        return this.#assign(abi.OP_VARIABLE, action.value, around, null, action.name);
      case 'emit':
        return this.#emit(action, around);
      case 'automation':
        return this.#automation(action);
      case 'delay':
        return void this.#writer.emit(abi.OP_DELAY, this.#duration(action.for, around));
      case 'wait':
        return this.#wait(action, around);
      case 'if':
        return this.#choose([{ if: action.if, then: action.then }], action.else, around, (_, key) => `/${key}`);
      case 'choose':
        return this.#choose(action.choices, action.else, around, (index, key) => `/choices/${index}/${key}`);
      case 'repeat':
        return this.#repeat(action, around);
      case 'parallel':
        return this.#parallel(action, around);
      case 'stop':
        return void this.#writer.emit(abi.OP_STOP);
    }
  }

  #code(template: Template, around: Around): Label | null {
    if (template.holes.length === 0) return null;
    return expressionCode(this.#writer, template.holes, around.repeats, around.pointer);
  }

  #act(op: number, template: Template, around: Around, fields: InstructionFields): number {
    const target = this.#code(template, around);
    return this.#writer.emit(op, { target, ...fields, a: this.#writer.action(template) });
  }

  #set(action: Of<'set'>, around: Around): void {
    const marks: Marks = { target: action.target, properties: Object.keys(action.values) };
    const template = templateOf(action, around.pointer, ['onFailure']);
    const rows = plainRows(action);
    const b = { type: 'marks', marks } as const;
    if (rows !== null) this.#act(abi.OP_SET_ROWS, template, around, { b, wide: rows });
    else this.#act(abi.OP_ACT, template, around, { b });
    this.#onFailure(action.onFailure, around);
  }

  #command(action: Of<'command'>, around: Around): void {
    const capability = action.command.slice(0, action.command.indexOf('.') + 1);
    const marks: Marks = { target: action.target, properties: [capability] };
    this.#act(abi.OP_ACT, templateOf(action, around.pointer, ['onFailure']), around, { b: { type: 'marks', marks } });
    this.#onFailure(action.onFailure, around);
  }

  /** With `onFailure` the strand waits for what became of the command. */
  #onFailure(policy: FailurePolicy | undefined, around: Around): void {
    if (policy === undefined || policy === 'continue') return;
    const writer = this.#writer;
    const end = writer.label();
    const failed = writer.label();
    writer.emit(abi.OP_OUTCOME, { target: failed });
    writer.emit(abi.OP_JUMP, { target: end });
    writer.place(failed);
    if (policy === 'stop') {
      writer.places.set(writer.instructions.length, around.pointer);
      writer.emit(abi.OP_STOP);
    } else {
      this.write(policy, below(around.pointer, 'onFailure'), around.repeats);
    }
    writer.place(end);
  }

  #assign(op: number, value: unknown, around: Around, template: Template | null, variable?: string): void {
    const code = expressionCode(this.#writer, [partOf(value)], around.repeats, around.pointer);
    const key = variable === undefined ? MODE_KEY : variableKey(variable);
    const a = template === null ? 0 : this.#writer.action(modeTemplate(template));
    this.#writer.emit(op, { target: code, a, b: { type: 'slot', key } });
  }

  #emit(action: Of<'emit'>, around: Around): void {
    const keys = Object.keys(action.data ?? {});
    const template = templateOf(action, around.pointer);
    const values = Object.values(action.data ?? {});
    const full: Template = {
      ...template,
      holes: keys.map((key) => ({ path: ['data', key], duration: false, text: '' })),
    };
    const target =
      keys.length === 0 ? null : expressionCode(this.#writer, values.map(partOf), around.repeats, around.pointer);
    const b = { type: 'slotIfNamed', key: eventKey(action.event) } as const;
    const at = this.#writer.emit(abi.OP_EMIT, {
      target,
      aux: keys.length > 0 ? 1 : 0,
      a: this.#writer.action(full),
      b,
    });
    this.#writer.dataKeys.set(at, keys);
  }

  #automation(action: Of<'automation'>): void {
    this.#writer.emit(abi.OP_AUTOMATION, {
      aux: ['run', 'enable', 'disable'].indexOf(action.do),
      a: { type: 'rule', rule: action.automation },
      b: { type: 'text', text: 'automation' },
    });
  }

  /** A duration as a constant, or as code. */
  #duration(raw: unknown, around: Around): { target: Label | null; wide: Wide } {
    if (!isExpression(raw)) return { target: null, wide: readDuration(raw) ?? 0 };
    const part = { text: raw.expression, duration: true };
    return { target: expressionCode(this.#writer, [part], around.repeats, around.pointer), wide: 0 };
  }

  #wait(action: Of<'wait'>, around: Around): void {
    const writer = this.#writer;
    const timeout = action.timeout === undefined ? {} : this.#duration(action.timeout, around);
    let aux = action.timeout === undefined ? 0 : HAS_TIMEOUT;
    if (action.onTimeout === 'stop') aux |= STOPS_ON_TIMEOUT;
    const outer = writer.reads;
    writer.reads = writer.waitReads;
    if (action.until !== undefined) {
      const label = conditionCode(writer, action.until, below(around.pointer, 'until'), around.repeats);
      writer.emit(abi.OP_WAIT, { ...timeout, aux, a: { type: 'code', label } });
    } else if (action.event !== undefined) {
      const trigger = writeTrigger(writer, action.event, 0, below(around.pointer, 'event'), true);
      const parts = writer.triggers.slice(trigger);
      const listeners = listenersOf(parts);
      if (listeners.length > 0) aux |= HAS_LISTENERS;
      writer.listeners.push(...listeners);
      writer.emit(abi.OP_WAIT_EVENT, { ...timeout, aux, a: { type: 'trigger', trigger }, b: parts.length });
    }
    writer.reads = outer;
  }

  #choose(
    choices: Of<'choose'>['choices'],
    otherwise: readonly Action[] | undefined,
    around: Around,
    path: (index: number, key: string) => string,
  ): void {
    const writer = this.#writer;
    const end = writer.label();
    writer.emit(abi.OP_STEP);
    for (const [index, choice] of choices.entries()) {
      const next = writer.label();
      const label = conditionCode(writer, choice.if, around.pointer + path(index, 'if'), around.repeats);
      writer.emit(abi.OP_JUMP_UNLESS, { a: { type: 'code', label }, target: next });
      this.write(choice.then, around.pointer + path(index, 'then'), around.repeats);
      writer.emit(abi.OP_JUMP, { target: end });
      writer.place(next);
    }
    if (otherwise !== undefined) this.write(otherwise, below(around.pointer, 'else'), around.repeats);
    writer.place(end);
  }

  #repeat(action: Of<'repeat'>, around: Around): void {
    const writer = this.#writer;
    const local = writer.local(this.#locals, around.pointer);
    const each = action.each ?? null;
    const repeats = [...around.repeats, { local, each }];
    const round = writer.label();
    const end = writer.label();
    writer.emit(abi.OP_STEP);
    writer.emit(abi.OP_REPEAT, { aux: local, ...this.#rounds(action, around) });
    writer.place(round);
    writer.emit(abi.OP_ROUND_NEXT, { aux: local, target: end });
    if (action.while !== undefined) this.#unless(action.while, below(around.pointer, 'while'), repeats, end);
    this.#locals += 1;
    if (action.actions.length === 0) writer.emit(abi.OP_STEP);
    this.write(action.actions, below(around.pointer, 'actions'), repeats);
    this.#locals -= 1;
    if (action.until !== undefined) {
      this.#unless(action.until, below(around.pointer, 'until'), repeats, round);
      writer.emit(abi.OP_JUMP, { target: end });
    } else {
      writer.emit(abi.OP_JUMP, { target: round });
    }
    writer.place(end);
  }

  #unless(condition: Of<'if'>['if'], pointer: string, repeats: readonly RepeatScope[], target: Label): void {
    const label = conditionCode(this.#writer, condition, pointer, repeats);
    this.#writer.emit(abi.OP_JUMP_UNLESS, { a: { type: 'code', label }, target });
  }

  #rounds(action: Of<'repeat'>, around: Around): InstructionFields {
    if (action.each !== undefined) return { b: action.each.length };
    if (action.count === undefined) return { b: ENDLESS };
    if (!isExpression(action.count)) return { b: action.count };
    const part = { text: action.count.expression, duration: false };
    return { target: expressionCode(this.#writer, [part], around.repeats, around.pointer) };
  }

  #parallel(action: Of<'parallel'>, around: Around): void {
    const writer = this.#writer;
    const first = this.#locals;
    writer.emit(abi.OP_STEP);
    const labels = action.branches.map(() => writer.label());
    const end = writer.label();
    writer.places.set(writer.instructions.length, around.pointer);
    writer.emit(abi.OP_PARALLEL, { a: { type: 'codes', labels }, b: labels.length });
    writer.emit(abi.OP_JUMP, { target: end });
    writer.strands += labels.length;
    for (const [index, branch] of action.branches.entries()) {
      writer.place(labels[index]!);
      this.write(branch, `${around.pointer}/branches/${index}`, around.repeats);
      writer.emit(abi.OP_BRANCH_END);
      this.#locals += repeatsIn(branch);
    }
    this.#locals = first;
    writer.place(end);
  }
}

/** The command `mode` comes out with its value, constant or not, in one place. */
function modeTemplate(template: Template): Template {
  return { ...template, holes: [{ path: ['mode'], duration: false, text: '' }] };
}

/** A value of an action, as the code that leaves it. */
function partOf(value: unknown): Part {
  return isExpression(value) ? { text: value.expression } : { constant: value as Value };
}

/** The rows of a `set` that a batch can answer as numbers: constant, and to one device. */
function plainRows(action: Of<'set'>): Wide | null {
  const { target } = action;
  if (!('device' in target) || target.kind !== undefined || target.except !== undefined) return null;
  if (action.transition !== undefined || action.for !== undefined || action.onFailure !== undefined) return null;
  const rows: { key: string; value: boolean | number }[] = [];
  for (const [property, value] of Object.entries(action.values)) {
    if (typeof value !== 'boolean' && typeof value !== 'number') return null;
    rows.push({ key: propertyKeyOf(target.device, property), value });
  }
  return { type: 'rows', rows };
}
