// What triggers with `for` count: until when, and calling one off.

import * as abi from '../../../../assembly/abi.ts';
import type { PlannedRule } from '../link/plan.ts';
import type { Countdown } from '../types.ts';
import type { Machine } from './machine.ts';

export interface LogicalCountdown extends Countdown {
  /** Milliseconds since 1970: when it fires, unless it is broken before. */
  readonly until: number;
}

interface Place extends Countdown {
  readonly cell: number;
  readonly owner: number;
}

export function countdownsOf(machine: Machine): LogicalCountdown[] {
  const { memory, linked } = machine;
  return linked.rules.flatMap((rule) =>
    placesOf(machine, rule)
      .filter(({ cell }) => isCounting(machine, cell))
      .map(({ rule: id, trigger, device, cell }) => ({
        rule: id,
        trigger,
        device,
        until: memory.float(cell + abi.CELL_FOR_AT),
      })),
  );
}

/** It begins anew when what it waits for comes true again. Nothing happens where it does not count. */
export function callOff(machine: Machine, { rule, trigger, device }: Countdown): void {
  const { memory, linked, core } = machine;
  const index = linked.ruleOf(rule);
  if (index === -1) return;
  for (const place of placesOf(machine, linked.rules[index]!)) {
    if (place.trigger !== trigger || place.device !== device || !isCounting(machine, place.cell)) continue;
    const flags = memory.word(place.cell + abi.CELL_FLAGS);
    memory.putWord(place.cell + abi.CELL_FLAGS, flags & ~(abi.CELL_PENDING | abi.CELL_ARMED));
    memory.putFloat(place.cell + abi.CELL_FOR_AT, abi.NO_TIME);
    core.rearmTrigger(place.owner, place.cell);
  }
}

function placesOf({ linked }: Machine, { cells, fragment, firstCell, firstTrigger }: PlannedRule): Place[] {
  return cells.map(({ trigger, device }, index) => ({
    rule: fragment.rule.id,
    trigger: fragment.triggers[trigger]!.id,
    device,
    cell: linked.state.cellsAt + (firstCell + index) * abi.CELL_SIZE,
    owner: linked.addresses.triggers + (firstTrigger + trigger) * abi.TRIGGER_SIZE,
  }));
}

const isCounting = ({ memory }: Machine, cell: number): boolean =>
  memory.word(cell + abi.CELL_TIMER) !== 0 && (memory.word(cell + abi.CELL_FLAGS) & abi.CELL_PENDING) !== 0;
