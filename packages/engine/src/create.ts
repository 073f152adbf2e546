// Makes engines.

import { readCompiled } from './compiled.ts';
import { Engine } from './engine.ts';
import { loadCore } from './core.ts';
import { EngineError } from './errors.ts';
import { readHome } from './home.ts';
import { HomeMap } from './link/members.ts';
import { checkTypes } from './check/types.ts';
import { FRESH_LAYOUT, buildMachine, startMachine } from './run/build.ts';
import { compileAll } from './run/replace.ts';
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
  const { startAt, seed = 0 } = options;
  if (typeof startAt !== 'number' || !(startAt >= 0 && startAt <= 8.64e15)) {
    throw new EngineError('BAD_EVENT', `expected startAt as ms since 1970, not ${String(startAt)}`);
  }
  const compiled = options.compiled === undefined ? {} : readCompiled(options.compiled);
  const { rules = [], devices, strict = true, home: rawHome } = { ...options, ...compiled };
  const home = readHome(rawHome);
  const fragments = compileAll(rules, []);
  const map = new HomeMap(home, devices);
  if (strict && options.compiled === undefined) checkTypes(fragments, map);
  const module = await loadCore();
  const machine = buildMachine(module, fragments, map, home, FRESH_LAYOUT);
  startMachine(machine, home, startAt, seed);
  return new Engine(module, {
    machine,
    fragments,
    home,
    devices: options.devices,
    strict,
    map,
    generations: new Map(),
  });
}
