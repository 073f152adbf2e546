// Writes instructions, turning what they name into addresses and numbers.

import * as abi from '../abi.ts';
import type { Fragment, Instruction, Marks, Operand, Wide } from '../compile/fragment.ts';
import type { StringTable } from '../strings.ts';
import { markedSlots } from './marks.ts';
import type { MemoryWriter } from './memory-writer.ts';
import type { Plan, PlannedRule } from './plan.ts';
import type { TriggerWriter } from './triggers.ts';

const NO_INDEX = 0xffff_ffff;

export class CodeWriter {
  readonly #out: MemoryWriter;
  readonly #plan: Plan;
  readonly #triggers: TriggerWriter;
  readonly #strings: StringTable;
  readonly #ruleIndex: ReadonlyMap<string, number>;
  readonly #chains: ReadonlyMap<number, number>;

  constructor(
    out: MemoryWriter,
    plan: Plan,
    triggers: TriggerWriter,
    strings: StringTable,
    ruleIndex: ReadonlyMap<string, number>,
    chains: ReadonlyMap<number, number>,
  ) {
    this.#out = out;
    this.#plan = plan;
    this.#triggers = triggers;
    this.#strings = strings;
    this.#ruleIndex = ruleIndex;
    this.#chains = chains;
  }

  write(rule: PlannedRule, code: number): void {
    const { instructions } = rule.fragment;
    for (let index = 0; index < instructions.length; index += 1) {
      this.#instruction(code + index * abi.OP_SIZE, instructions[index]!, rule, code);
    }
  }

  #instruction(at: number, instruction: Instruction, rule: PlannedRule, code: number): void {
    const { op, negated, jumpsOnPass, aux, target } = instruction;
    this.#out.word(at, op | (negated ? 1 << 8 : 0) | (jumpsOnPass ? 1 << 16 : 0) | (aux << 24));
    if (target !== null) this.#out.word(at + abi.OP_TARGET, code + target.at * abi.OP_SIZE);
    this.#out.word(at + abi.OP_A, this.#operand(instruction.a, rule, code));
    this.#out.word(at + abi.OP_B, this.#operand(instruction.b, rule, code));
    this.#wide(at + abi.OP_VALUE, instruction.wide);
  }

  #operand(operand: Operand, rule: PlannedRule, code: number): number {
    if (typeof operand === 'number') return operand;
    switch (operand.type) {
      case 'slot':
        return this.#plan.slot(operand.key);
      case 'slotIfNamed':
        return this.#plan.names.findExactly(operand.key) >>> 0;
      case 'text':
        return this.#strings.number(operand.text);
      case 'code':
        return code + operand.label.at * abi.OP_SIZE;
      case 'codes':
        return this.#out.words(operand.labels.map((label) => code + label.at * abi.OP_SIZE));
      case 'predicate':
        return this.#triggers.predicate(operand.predicate);
      case 'hold':
        return rule.holds[operand.hold]!.first;
      case 'holds':
        return this.#holds(rule.holds[operand.hold]!);
      case 'trigger':
        return this.#triggers.addressOf(rule.firstTrigger + operand.trigger);
      case 'rule':
        return this.#ruleIndex.get(operand.rule) ?? NO_INDEX;
      case 'values':
        return this.#out.values(operand.values);
      case 'marks':
        return this.#marks(rule.fragment, operand.marks);
    }
  }

  /** A list of holds, its length first. */
  #holds({ first, slots }: PlannedRule['holds'][number]): number {
    return this.#out.words([slots.length, ...slots.map((_, index) => first + index)]);
  }

  /** Where the chains lie that a command may carry on, their number first; 0 where it carries on none. */
  #marks(fragment: Fragment, marks: Marks): number {
    if (this.#chains.size === 0) return 0;
    const chains = markedSlots(this.#plan, fragment, marks).flatMap((slot) => this.#chains.get(slot) ?? []);
    return chains.length === 0 ? 0 : this.#out.words([chains.length, ...chains]);
  }

  #wide(at: number, wide: Wide): void {
    if (typeof wide === 'number') return this.#out.float(at, wide);
    if (wide.type === 'value') return this.#out.value(at, wide.value);
    if (wide.type === 'words') return this.#out.word(at, wide.low);
    const list = this.#out.reserve(wide.rows.length * 16);
    for (const [index, { key, value }] of wide.rows.entries()) {
      this.#out.word(list + index * 16, this.#plan.slot(key));
      this.#out.float(list + index * 16 + 8, Number(value));
    }
    this.#out.word(at, list);
    this.#out.word(at + 4, wide.rows.length);
  }
}
