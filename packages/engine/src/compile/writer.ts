// Collects the code and tables of one rule while it is compiled.

import * as abi from '../../../../assembly/abi.ts';
import { RuleError } from '../errors.ts';
import { ACTION_EXPRESSIONS_MAX, REPEATS_LIVE_MAX } from '../../../../assembly/limits.ts';
import type {
  ActionTemplate,
  CompiledTrigger,
  Hold,
  Instruction,
  Label,
  Members,
  NameSet,
  Operand,
  Wide,
} from './fragment.ts';

export interface InstructionFields {
  readonly negated?: boolean;
  readonly jumpsOnPass?: boolean;
  readonly aux?: number;
  readonly target?: Label | null;
  readonly a?: Operand;
  readonly b?: Operand;
  readonly wide?: Wide;
}

export class FragmentWriter {
  readonly rule: string;
  readonly instructions: Instruction[] = [];
  readonly holds: Hold[] = [];
  readonly triggers: CompiledTrigger[] = [];
  readonly actions: ActionTemplate[] = [];
  readonly places = new Map<number, string>();
  readonly names = new Map<number, NameSet>();
  readonly dataKeys = new Map<number, readonly string[]>();
  readonly waitReads: Members[] = [];
  readonly listeners: Members[] = [];
  /** Where what is being compiled notes the slots it reads; null where nobody asks. */
  reads: Members[] | null = null;
  strands = 1;
  usesSets = false;
  readonly #deferred: (() => void)[] = [];

  constructor(rule: string) {
    this.rule = rule;
  }

  fail(pointer: string, message: string): never {
    throw new RuleError(this.rule, pointer, message);
  }

  emit(op: number, fields: InstructionFields = {}): number {
    const { negated = false, jumpsOnPass = false, aux = 0, target = null, a = 0, b = 0, wide = 0 } = fields;
    this.instructions.push({ op, negated, jumpsOnPass, aux, target, a, b, wide });
    return this.instructions.length - 1;
  }

  label(): Label {
    return { at: -1 };
  }

  place(label: Label): void {
    label.at = this.instructions.length;
  }

  /** Notes a set or slot as read by what is being compiled. */
  read(members: Members): void {
    if (members.type !== 'one') this.usesSets = true;
    this.reads?.push(members);
  }

  /** Code of its own, written behind what is being written now; answers where it will be. */
  apart(write: () => void): Label {
    const label = this.label();
    const reads = this.reads;
    this.#deferred.push(() => {
      const outer = this.reads;
      this.reads = reads;
      this.place(label);
      write();
      this.reads = outer;
    });
    return label;
  }

  /** Writes all code that was put apart. */
  flush(): void {
    for (let next = this.#deferred.shift(); next !== undefined; next = this.#deferred.shift()) next();
  }

  hold(hold: Hold): number {
    this.holds.push(hold);
    return this.holds.length - 1;
  }

  trigger(trigger: CompiledTrigger): number {
    this.triggers.push(trigger);
    return this.triggers.length - 1;
  }

  action(template: ActionTemplate): number {
    if (template.holes.length > ACTION_EXPRESSIONS_MAX)
      this.fail(template.pointer, `an action has at most ${ACTION_EXPRESSIONS_MAX} expressions`);
    this.actions.push(template);
    return this.actions.length - 1;
  }

  /** The counter of a repeat under way at this depth. */
  local(depth: number, pointer: string): number {
    if (depth >= REPEATS_LIVE_MAX) this.fail(pointer, `at most ${REPEATS_LIVE_MAX} repeats may be under way at once`);
    return depth;
  }

  /** Ends a stretch of code that leaves values. */
  end(): void {
    this.emit(abi.OP_END);
  }
}
