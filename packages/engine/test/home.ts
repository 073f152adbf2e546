// What the engine's tests share: a home, short ways to write rules and events, and an engine for them.

import { createEngine } from '@lintel/engine';
import type { Engine, EngineEvent, EngineHome, EngineOptions } from '@lintel/engine';
import type { Action, Condition, Rule, Trigger } from '@lintel/model';

export const BERLIN: EngineHome = { latitude: 52.52, longitude: 13.405, timeZone: 'Europe/Berlin' };
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const at = (text: string): number => Date.parse(text);

export function rule(
  id: string,
  triggers: readonly Trigger[],
  actions: readonly Action[],
  more: Partial<Rule> = {},
): Rule {
  return { id, triggers, actions, ...more };
}

export const say = (message: string): Action => ({ kind: 'notify', message });
export const tell = (expression: string): Action => ({ kind: 'notify', message: { expression } });
export const report = (property: string, value: boolean | number | string | null, device = 'a'): EngineEvent => ({
  device,
  property,
  value,
});
export const becomes = (value: boolean | number | string, property = 'onOff.on', device = 'a'): Trigger => ({
  kind: 'property',
  device,
  property,
  becomes: value,
});
export const is = (value: boolean | number | string, property = 'onOff.on', device = 'a'): Condition => ({
  kind: 'property',
  device,
  property,
  is: value,
});

export function engineOf(rules: readonly Rule[], more: Partial<EngineOptions> = {}): Promise<Engine> {
  return createEngine({ rules, home: BERLIN, startAt: 0, ...more });
}

/** The messages that a step sent. */
export function said(engine: Engine, now: number, events: readonly EngineEvent[] = []): unknown[] {
  return engine.step(now, events).commands.map((command) => command['message']);
}

/** The instants at which a rule fires between two times. */
export async function firings(
  trigger: Trigger,
  from: string,
  to: string,
  home: EngineHome = BERLIN,
): Promise<string[]> {
  const engine = await engineOf([rule('r', [trigger], [say('now')])], { home, startAt: at(from) });
  const { commands } = engine.step(at(to));
  engine.close();
  return commands.map((command) => new Date(command.at).toISOString());
}
