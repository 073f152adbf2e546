// Writes instructions; what they name is left to linking.

import * as abi from '../../../../assembly/abi.ts';
import type { Fragment, Instruction, Marks, Operand, Wide } from '../compile/fragment.ts';
import { setOf } from '../compile/predicates.ts';
import type { FormWriter, Section } from './form-writer.ts';
import type { HoldForm, MarkForm } from './rule-form.ts';
import { writePredicate } from './triggers.ts';

export function writeCode(writer: FormWriter, fragment: Fragment, holds: readonly HoldForm[]): void {
  const { code } = writer.sections;
  code.reserve(fragment.instructions.length * abi.OP_SIZE);
  for (const [index, instruction] of fragment.instructions.entries())
    writeInstruction(writer, index * abi.OP_SIZE, instruction, fragment, holds);
  for (const { predicate } of fragment.names.values()) writer.resolve(predicate.members);
}

function writeInstruction(
  writer: FormWriter,
  at: number,
  { op, negated, jumpsOnPass, aux, target, a, b, wide }: Instruction,
  fragment: Fragment,
  holds: readonly HoldForm[],
): void {
  const { code } = writer.sections;
  code.word(at, op | (negated ? 1 << 8 : 0) | (jumpsOnPass ? 1 << 16 : 0) | (aux << 24));
  if (target !== null) code.base(at + abi.OP_TARGET, 'code', target.at * abi.OP_SIZE);
  const operands = new OperandWriter(writer, fragment, holds);
  operands.write(at + abi.OP_A, a);
  operands.write(at + abi.OP_B, b);
  writeWide(writer, at + abi.OP_VALUE, wide);
}

class OperandWriter {
  readonly #writer: FormWriter;
  readonly #code: Section;
  readonly #fragment: Fragment;
  readonly #holds: readonly HoldForm[];

  constructor(writer: FormWriter, fragment: Fragment, holds: readonly HoldForm[]) {
    this.#writer = writer;
    this.#code = writer.sections.code;
    this.#fragment = fragment;
    this.#holds = holds;
  }

  write(at: number, operand: Operand): void {
    const writer = this.#writer;
    const code = this.#code;
    if (typeof operand === 'number') return code.word(at, operand);
    switch (operand.type) {
      case 'slot':
        return code.key(at, writer.key(operand.key));
      case 'slotIfNamed':
        return code.weakKey(at, operand.key);
      case 'text':
        return code.text(at, operand.text);
      case 'code':
        return code.base(at, 'code', operand.label.at * abi.OP_SIZE);
      case 'codes':
        return code.list(at, this.#labels(operand.labels));
      case 'predicate': {
        const place = writer.sections.lists.reserve(abi.PREDICATE_SIZE);
        writePredicate(writer, writer.sections.lists, place, operand.predicate);
        return code.list(at, place);
      }
      case 'hold':
        return code.base(at, 'holds', this.#holds[operand.hold]!.first);
      case 'holds':
        return code.list(at, this.#holdList(this.#holds[operand.hold]!));
      case 'trigger':
        return code.base(at, 'triggers', operand.trigger * abi.TRIGGER_SIZE);
      case 'rule':
        return code.rule(at, operand.rule);
      case 'values':
        return code.list(at, writer.values(operand.values));
      case 'marks':
        return code.mark(at, markOf(writer, this.#fragment, operand.marks));
    }
  }

  #labels(labels: readonly { readonly at: number }[]): number {
    return this.#writer.list(labels.length, 4, (lists, at, index) =>
      lists.base(at, 'code', labels[index]!.at * abi.OP_SIZE),
    );
  }

  /** A list of holds, its length first. */
  #holdList({ first, keys }: HoldForm): number {
    return this.#writer.list(keys.length + 1, 4, (lists, at, index) => {
      if (index === 0) lists.word(at, keys.length);
      else lists.base(at, 'holds', first + index - 1);
    });
  }
}

function writeWide(writer: FormWriter, at: number, wide: Wide): void {
  const { code } = writer.sections;
  if (typeof wide === 'number') return code.float(at, wide);
  if (wide.type === 'value') return code.value(at, wide.value);
  if (wide.type === 'words') return code.word(at, wide.low);
  const keys = wide.rows.map((row) => writer.key(row.key));
  const place = writer.list(keys.length, 16, (lists, row, index) => {
    lists.key(row, keys[index]!);
    lists.float(row + 8, Number(wide.rows[index]!.value));
  });
  code.list(at, place);
  code.word(at + 4, keys.length);
}

/** Which slots a command is about to change, so that chains of rules through the devices' own reports are seen. */
export function markOf({ home }: FormWriter, fragment: Fragment, marks: Marks): MarkForm {
  const devices = markedDevices({ home }, fragment, marks);
  const properties = marks.properties.filter((property) => !property.endsWith('.'));
  const prefixes = marks.properties.filter((property) => property.endsWith('.'));
  return {
    keys: devices.flatMap((device) =>
      properties.map((property) => home.vocabulary.keys.number(home.key(device, property))),
    ),
    capabilities: prefixes.flatMap((prefix) => devices.map((device) => ({ device, prefix }))),
  };
}

function markedDevices(
  { home }: Pick<FormWriter, 'home'>,
  { triggers }: Fragment,
  { target }: Marks,
): readonly string[] {
  if ('device' in target) return [target.device];
  if ('devices' in target) return target.devices;
  if ('room' in target || 'floor' in target || 'home' in target) return home.members({ ...setOf(target), kind: null });
  if (!('trigger' in target)) return [];
  return triggers.flatMap(({ predicate }) => {
    if (predicate === null) return [];
    const { members } = predicate;
    if (members.type === 'one') return members.device === null ? [] : [members.device];
    return members.type === 'persons' ? [] : home.members(members.set);
  });
}
