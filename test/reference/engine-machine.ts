// The real engine as a machine beside the reference.

import { compile, createEngine, RuleError } from '@lintel/engine';
import type { Engine, Handover } from '@lintel/engine';
import type { Rule } from '@lintel/model';
import { FEATURES, type Feature } from './arbitrary-parts.ts';
import { namingCommands } from './machine.ts';
import type { Machine, Remembered, Told, World } from './machine.ts';
import { PROBES } from './probes.ts';

export interface EngineMachine extends Machine<Remembered<Uint8Array>> {
  stateHash(): string;
  close(): void;
}

type Options = Parameters<typeof createEngine>[0];

export async function newEngine(world: World): Promise<EngineMachine> {
  return machineOf(await createEngine({ seed: 1, ...world } as unknown as Options));
}

/** The same from bytes that were prepared before. */
export async function newPreparedEngine(world: World): Promise<EngineMachine> {
  const compiled = await compile(world as unknown as Parameters<typeof compile>[0]);
  return machineOf(await createEngine({ seed: 1, compiled, startAt: world.startAt }));
}

function machineOf(engine: Engine): EngineMachine {
  const machine = namingCommands<Uint8Array>({
    step: (now, events) => ({ ...engine.step(now, events as never), wakeIsExact: true }) as unknown as Told,
    snapshot: () => engine.snapshot(),
    restore: (image) => engine.restore(image),
    replaceRules: (rules, options = {}) => engine.replaceRules(rules as never, options as never),
  });
  return { ...machine, stateHash: () => engine.stateHash(), close: () => engine.close() };
}

/** What is restored was handed over by names and as text, as by an older core to a newer one. */
export async function newHandingEngine(world: World): Promise<Machine<Remembered<string>>> {
  const engine = await createEngine({ seed: 1, ...world } as unknown as Options);
  return namingCommands<string>({
    step: (now, events) => ({ ...engine.step(now, events as never), wakeIsExact: true }) as unknown as Told,
    snapshot: () => JSON.stringify(engine.handOver()),
    restore: (image) => engine.takeOver(JSON.parse(image) as Handover),
    replaceRules: (rules, options = {}) => engine.replaceRules(rules as never, options as never),
  });
}

async function takes(rule: Rule): Promise<boolean> {
  const home = { latitude: 52.5, longitude: 13.4, timeZone: 'Europe/Berlin' };
  try {
    const engine = await newEngine({ home, startAt: 0, rules: [rule] });
    engine.close();
    return true;
  } catch (error) {
    if (error instanceof RuleError) return false;
    throw error;
  }
}

/** The features of which the engine takes every probe. */
export async function featuresOfEngine(): Promise<ReadonlySet<Feature>> {
  const found = new Set<Feature>();
  for (const feature of FEATURES) {
    const answers = await Promise.all(PROBES[feature].map(takes));
    if (answers.every(Boolean)) found.add(feature);
  }
  return found;
}
