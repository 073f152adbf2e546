// Makes engines.

import { show } from './check/reader.ts';
import { checkTypes } from './check/types.ts';
import { readCompiled } from './compiled.ts';
import { loadCore } from './core.ts';
import type { CoreModule } from './core.ts';
import { Engine } from './engine.ts';
import { EngineError } from './errors.ts';
import { readDevices, readHome, readOptions } from './home.ts';
import { FRESH_LAYOUT, buildMachine, startMachine } from './run/build.ts';
import { Machine } from './run/machine.ts';
import { compileAll } from './run/compile-all.ts';
import { checkInstant } from './run/events.ts';
import { RuleSet } from './run/rule-set.ts';
import type { EngineOptions } from './types.ts';

/**
 * Makes an engine for rules and a home, its clock at `startAt`.
 *
 * @throws RuleError for a rule that is wrong, EngineError `BAD_HOME` for a home that is
 * @example
 * const engine = await createEngine({ rules, home: { latitude: 52.5, longitude: 13.4, timeZone: 'Europe/Berlin' }, startAt: 0 });
 * const { commands, wakeAt } = engine.step(Date.now(), [{ device: 'zigbee:0x1', property: 'onOff.on', value: true }]);
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  readOptions(options, '{rules, home, startAt}');
  const { startAt, seed = 0 } = options;
  checkInstant(startAt, 'startAt');
  if (typeof seed !== 'number') throw new EngineError('BAD_EVENT', `expected a number as seed, not ${show(seed)}`);
  const core = await loadCore();
  const { rules, machine } = options.compiled === undefined ? fromRules(core, options) : fromBytes(core, options);
  startMachine(machine, rules.home, startAt, seed);
  return new Engine(core, { machine, rules, generations: new Map() });
}

interface Made {
  readonly rules: RuleSet;
  readonly machine: Machine;
}

function fromRules(core: CoreModule, options: EngineOptions): Made {
  const { rules: written = [], strict = true } = options;
  const home = readHome(options.home);
  const devices = readDevices(options.devices);
  const { fragments } = compileAll(written);
  const rules = RuleSet.of(fragments, home, devices, { strict });
  if (strict) checkTypes(fragments, rules.map);
  return { rules, machine: buildMachine(core, rules, FRESH_LAYOUT) };
}

/** Devices that the rules were not prepared with may change what they reach: they are then linked anew. */
function fromBytes(core: CoreModule, { compiled, ...options }: EngineOptions): Made {
  const { rules, linked } = readCompiled(core, compiled);
  const { home, strict } = rules;
  if (options.devices !== undefined && rules.devices === undefined)
    return fromRules(core, { ...options, home, strict, rules: rules.fragments.map(({ rule }) => rule) });
  return { rules, machine: new Machine(core, linked, home, FRESH_LAYOUT) };
}
