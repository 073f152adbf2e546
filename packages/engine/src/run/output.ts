// Reads the output ring: commands and traces as objects.

import type { Value } from '@lintel/model';
import * as abi from '../../../../assembly/abi.ts';
import type { ActionTemplate } from '../compile/fragment.ts';
import { define } from '../compile/templates.ts';
import type { CoreMemory } from '../core.ts';
import type { Linked } from '../link/link.ts';
import { readValue } from '../link/values.ts';
import type { StringTable } from '../strings.ts';
import type { EngineCommand, EngineTrace, TraceOutcome } from '../types.ts';
import { commandId } from './command-ids.ts';
import type { Outbox } from './outbox.ts';
import { codeStart } from './peek.ts';

export interface OutputHost {
  readonly memory: CoreMemory;
  readonly strings: StringTable;
  readonly linked: Linked;
  readonly generations: ReadonlyMap<string, number>;
}

const OUTCOMES: readonly TraceOutcome[] = [
  'finished',
  'stopped',
  'cancelled',
  'dropped',
  'conditions',
  'fuel',
  'cascade',
];

/** Reads what the core wrote and frees the ring. */
export function drain(host: OutputHost, commands: Outbox<EngineCommand>, traces: Outbox<EngineTrace>): void {
  const { memory, linked } = host;
  const end = linked.rings.outAt + memory.word(abi.H_OUT_LENGTH);
  for (let at = linked.rings.outAt; at < end;) {
    if (memory.word(at + abi.OUT_TYPE) === abi.OUT_TRACE) {
      traces.put(readTrace(host, at));
      at += abi.TRACE_SIZE;
      continue;
    }
    commands.put(readCommand(host, at));
    at += abi.OUT_VALUES + memory.word(at + abi.OUT_VALUE_COUNT) * 8;
  }
  memory.putWord(abi.H_OUT_LENGTH, 0);
}

function readCommand({ memory, strings, linked, generations }: OutputHost, at: number): EngineCommand {
  const fragment = linked.fragment(memory.word(at + abi.OUT_RULE));
  const template = fragment.actions[memory.word(at + abi.OUT_ACTION)]!;
  const run = memory.word(at + abi.OUT_RUN);
  const count = memory.word(at + abi.OUT_VALUE_COUNT);
  const fields = count === 0 ? template.fields : fill(template, readValues(memory, strings, at, count));
  const command: Record<string, unknown> = {
    id: commandId(fragment.rule.id, generations.get(fragment.rule.id) ?? 0, run, memory.word(at + abi.OUT_NUMBER)),
    at: memory.float(at + abi.OUT_AT),
    rule: fragment.rule.id,
    run,
    cause: memory.float(at + abi.OUT_CAUSE),
    kind: template.kind,
    ...fields,
  };
  const target = command['target'] as Readonly<Record<string, unknown>> | undefined;
  if (target !== undefined && 'trigger' in target)
    command['target'] = aim(target, strings.text(memory.word(at + abi.OUT_DEVICE)));
  return command as unknown as EngineCommand;
}

function readValues({ view }: CoreMemory, strings: StringTable, at: number, count: number): Value[] {
  return Array.from({ length: count }, (_, index) => readValue(view, at + abi.OUT_VALUES + index * 8, strings));
}

/** The device that triggered, in place of `{trigger: true}`; nothing where the clock or a person did. */
function aim(target: Readonly<Record<string, unknown>>, device: string): Record<string, unknown> {
  const { trigger: _trigger, ...rest } = target;
  return device === '' ? { devices: [], ...rest } : { device, ...rest };
}

function fill(template: ActionTemplate, values: readonly Value[]): Record<string, unknown> {
  const fields = copy(template.fields) as Record<string, unknown>;
  for (const [index, hole] of template.holes.entries()) put(fields, hole.path, values[index] ?? null);
  return fields;
}

function copy(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw.map(copy);
  if (typeof raw !== 'object' || raw === null) return raw;
  const made: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(raw)) define(made, key, copy(item));
  return made;
}

function put(fields: Record<string, unknown>, path: readonly (string | number)[], value: Value): void {
  let holder: Record<string | number, unknown> = fields;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string | number, unknown>;
  define(holder, String(path.at(-1)), value);
}

function readTrace({ memory, strings, linked }: OutputHost, at: number): EngineTrace {
  const index = memory.word(at + abi.OUT_RULE);
  const fragment = linked.fragment(index);
  const outcome = OUTCOMES[memory.word(at + abi.OUT_OUTCOME)]!;
  const trace: EngineTrace = {
    rule: fragment.rule.id,
    run: memory.word(at + abi.OUT_RUN),
    at: memory.float(at + abi.OUT_AT),
    trigger: strings.text(memory.word(at + abi.OUT_TRIGGER)),
    outcome,
  };
  const place = memory.word(at + abi.OUT_PLACE);
  if (outcome === 'conditions') return { ...trace, pointer: `/conditions/${place}` };
  if (place === 0) return trace;
  return { ...trace, pointer: placeOf(fragment.places, (place - codeStart({ memory, linked }, index)) / abi.OP_SIZE) };
}

/** The action that an instruction belongs to: the last that begins at or before it. */
function placeOf(places: ReadonlyMap<number, string>, instruction: number): string {
  for (let at = instruction; at >= 0; at -= 1) {
    const place = places.get(at);
    if (place !== undefined) return place;
  }
  return '';
}
