// What a rule does to devices: each property of each device, under which conditions, and whether at once.

import type { Action, Condition, Target } from '@lintel/model';
import { below } from '../errors.ts';
import type { CompiledTrigger, Fragment } from '../compile/fragment.ts';
import type { HomeMap } from '../link/members.ts';
import { ends } from './unreachable.ts';

export interface Effect {
  /** Device and property, or the target as written where its devices are not known. */
  readonly key: string;
  readonly property: string;
  /** Undefined where it is worked out. */
  readonly value: unknown;
  readonly pointer: string;
  /** What is asked before it, the rule's own conditions among it. */
  readonly guards: readonly Condition[];
  /** Whether time passes before it. */
  readonly late: boolean;
}

/** Commands as the values that they bring about. */
const COMMANDED: Readonly<Record<string, readonly [string, unknown]>> = {
  'lock.lock': ['lock.state', 'locked'],
  'lock.unlock': ['lock.state', 'unlocked'],
  'lock.unlatch': ['lock.state', 'unlatched'],
  'cover.open': ['cover.position', 1],
  'cover.close': ['cover.position', 0],
  'alarm.disarm': ['alarm.state', 'disarmed'],
};

export function effectsOf({ rule }: Fragment, map: HomeMap): Effect[] {
  const collector = new Collector(map);
  collector.list(rule.actions, '/actions', { guards: rule.conditions ?? [], late: false });
  return collector.effects;
}

interface Around {
  readonly guards: readonly Condition[];
  readonly late: boolean;
}

/** `{"expression"}` stands for a value that is worked out. */
const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

class Collector {
  readonly effects: Effect[] = [];
  readonly #map: HomeMap;

  constructor(map: HomeMap) {
    this.#map = map;
  }

  list(actions: readonly Action[], pointer: string, around: Around): void {
    let now = around;
    for (const [index, action] of actions.entries()) {
      this.#action(action, below(pointer, index), now);
      now = behind(action, now);
      if (ends([action])) return;
    }
  }

  #action(action: Action, pointer: string, around: Around): void {
    switch (action.kind) {
      case 'set':
        for (const [property, value] of Object.entries(action.values))
          this.#add(action.target, property, isPlain(value) ? value : undefined, pointer, around);
        return;
      case 'command': {
        const [property, value] = Object.hasOwn(COMMANDED, action.command) ? COMMANDED[action.command]! : [];
        if (property !== undefined) this.#add(action.target, property, value, pointer, around);
        return;
      }
      case 'if':
        this.list(action.then, `${pointer}/then`, asked(around, action.if));
        return this.list(action.else ?? [], `${pointer}/else`, asked(around, not(action.if)));
      case 'choose':
        for (const [index, choice] of action.choices.entries())
          this.list(choice.then, `${pointer}/choices/${index}/then`, asked(around, choice.if));
        return this.list(
          action.else ?? [],
          `${pointer}/else`,
          asked(around, ...action.choices.map((each) => not(each.if))),
        );
      case 'repeat':
        return this.list(
          action.actions,
          `${pointer}/actions`,
          action.while === undefined ? around : asked(around, action.while),
        );
      case 'parallel':
        for (const [index, branch] of action.branches.entries())
          this.list(branch, `${pointer}/branches/${index}`, around);
        return;
      default:
    }
  }

  #add(target: Target, property: string, value: unknown, pointer: string, around: Around): void {
    for (const key of this.#keys(target, property)) this.effects.push({ key, property, value, pointer, ...around });
  }

  #keys(target: Target, property: string): string[] {
    const refs = this.#refs(target);
    if (refs === null) return [`${JSON.stringify(target)} ${property}`];
    const except = new Set(target.except);
    return refs.filter((ref) => !except.has(ref)).map((ref) => this.#map.key(ref, property));
  }

  #refs(target: Target): readonly string[] | null {
    if ('device' in target) return [target.device];
    if ('devices' in target) return target.devices;
    if (!this.#map.known) return null;
    const kind = target.kind ?? 'light';
    if ('room' in target) return this.#map.members({ over: 'room', ids: [target.room], kind });
    if ('floor' in target) return this.#map.members({ over: 'floor', ids: [target.floor], kind });
    return 'home' in target ? this.#map.members({ over: 'home', ids: [], kind }) : null;
  }
}

const not = (condition: Condition): Condition => ({ kind: 'not', condition });
const asked = (around: Around, ...conditions: Condition[]): Around => ({
  ...around,
  guards: [...around.guards, ...conditions],
});

/** What holds behind an action: a branch that ends the run guards what follows, and so does what was waited for. */
function behind(action: Action, around: Around): Around {
  switch (action.kind) {
    case 'if': {
      const later = { ...around, late: around.late || isLate([...action.then, ...(action.else ?? [])]) };
      if (ends(action.else ?? [])) return asked(later, action.if);
      return ends(action.then) ? asked(later, not(action.if)) : later;
    }
    case 'wait': {
      const holds = action.until !== undefined && (action.timeout === undefined || action.onTimeout === 'stop');
      const later = { ...around, late: true };
      return holds ? asked(later, action.until) : later;
    }
    default:
      return isLate([action]) ? { ...around, late: true } : around;
  }
}

export function isLate(actions: readonly Action[]): boolean {
  return actions.some((action) => {
    switch (action.kind) {
      case 'delay':
      case 'wait':
        return true;
      case 'if':
        return isLate([...action.then, ...(action.else ?? [])]);
      case 'choose':
        return isLate([...action.choices.flatMap(({ then }) => then), ...(action.else ?? [])]);
      case 'repeat':
        return isLate(action.actions);
      case 'parallel':
        return action.branches.some(isLate);
      default:
        return false;
    }
  });
}

/** What a trigger fires on, whatever it is called. */
const triggerKey = ({ id: _id, index: _index, ...rest }: CompiledTrigger): string =>
  rest.clock?.cron === undefined || rest.clock.cron === null ? JSON.stringify(rest) : JSON.stringify(rest, asText);
const asText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

export const startsOf = ({ triggers }: Fragment): string[] => [
  ...new Set(triggers.filter(({ waits }) => !waits).map(triggerKey)),
];
