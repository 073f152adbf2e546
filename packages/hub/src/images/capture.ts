// Between the running machine and an image of it.

import { EngineError } from '@lintel/engine';
import type { Rule } from '@lintel/model';
import { createRegistry } from '../registry/registry.ts';
import { createAttribution } from '../state/attribution.ts';
import { rulesForCore } from '../state/authors.ts';
import { createCore, type Core } from '../state/core.ts';
import { loadRulesAsync } from '../state/load-rules.ts';
import { createMachine, type Machine } from '../state/machine.ts';
import { homeForCore, membership, type Parts } from '../state/parts.ts';
import { createDeparted } from '../state/departed.ts';
import { createOffences } from '../state/offences.ts';
import { createPending } from '../state/pending.ts';
import { createPresence } from '../state/presence.ts';
import { createProperties } from '../state/properties.ts';
import { createReverts } from '../state/reverts.ts';
import { createRuns } from '../state/runs.ts';
import { createSaves } from '../state/saves.ts';
import { createSchedules } from '../state/schedules.ts';
import type { Image } from './image.ts';

/** @param sequence the journal number up to which everything is in */
export function captureImage(machine: Machine, sequence: number, at: number): Image {
  return {
    tail: {
      version: 1,
      sequence,
      at,
      registry: machine.registry.export(),
      properties: machine.properties.export(),
      sent: machine.attribution.export(),
      pending: machine.pending.list(),
      runs: machine.runs.export(),
      saves: machine.saves.export(),
      reverts: machine.reverts.export(),
      schedules: machine.schedules.export(),
      presence: machine.presence.export(),
      clock: { ...machine.clock },
      offences: machine.offences.export(),
      departed: machine.departed.export(),
      handover: machine.core.handOver(),
    },
    core: machine.core.snapshot(),
  };
}

/** The machine of an image. @throws EngineError where the core's share cannot be read */
export async function machineOf(image: Image, seed: number): Promise<Machine> {
  const { tail } = image;
  const core = await newCore(
    { registry: createRegistry(tail.registry), properties: createProperties(tail.properties) },
    tail.at,
    seed,
  );
  resume(core, image);
  return createMachine({
    registry: createRegistry(tail.registry),
    properties: createProperties(tail.properties),
    attribution: createAttribution(tail.sent),
    pending: createPending(tail.pending),
    runs: createRuns(tail.runs),
    saves: createSaves(tail.saves),
    reverts: createReverts(tail.reverts),
    schedules: createSchedules(tail.schedules),
    presence: createPresence(tail.presence),
    clock: { lost: tail.clock?.lost ?? false },
    offences: createOffences(tail.offences),
    departed: createDeparted(tail.departed),
    core,
  });
}

/** The memory as it was; a core of another version takes over by names, and so loses nothing either. */
function resume(core: Core, { tail: { handover }, core: memory }: Image): void {
  try {
    core.restore(memory);
  } catch (error) {
    if (!(error instanceof EngineError) || handover === undefined) throw error;
    core.takeOver(handover);
  }
}

/** A core with the rules, devices and place of the documents, and nothing known. */
export async function newCore(
  parts: Pick<Parts, 'registry' | 'properties'>,
  startAt: number,
  seed: number,
): Promise<Core> {
  const { registry } = parts;
  const home = homeForCore(registry);
  const devices = membership(parts, startAt);
  const load = (rules: readonly Rule[]): Promise<Core> => createCore({ rules, home, devices, startAt, seed });
  const { result } = await loadRulesAsync(rulesForCore(registry), load);
  return result;
}
