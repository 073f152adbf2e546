// Actions that no run ever comes to: behind a stop, in a branch whose condition cannot hold, behind a choice that is always taken.

import type { Action, Condition, Rule, RuleProblem } from '@lintel/model';
import { below } from '../errors.ts';
import { implies, isAlways, isImpossible } from './facts.ts';

/** What is certain at a place of a rule; forgotten once time passes or the rule itself changes what conditions ask. */
type Certain = readonly Condition[];

export function unreachable(rule: Rule): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const tell = (pointer: string, message: string): void =>
    void problems.push({ severity: 'warning', code: 'unreachable', rule: rule.id, pointer, message });
  const conditions = rule.conditions ?? [];
  if (isImpossible(conditions)) {
    const index = conditions.findIndex((_, end) => isImpossible(conditions.slice(0, end + 1)));
    tell(`/conditions/${index}`, 'these conditions never hold together, so that the actions are never reached');
    return problems;
  }
  new Walk(tell).list(rule.actions, '/actions', conditions);
  return problems;
}

/** Whether nothing behind these actions is ever reached. */
export function ends(actions: readonly Action[]): boolean {
  return actions.some((action) => {
    if (action.kind === 'stop') return true;
    if (action.kind === 'if') return action.else !== undefined && ends(action.then) && ends(action.else);
    if (action.kind !== 'choose' || action.else === undefined) return false;
    return ends(action.else) && action.choices.every(({ then }) => ends(then));
  });
}

/** Whether what conditions ask may be something else behind it. */
function passesTime(action: Action): boolean {
  switch (action.kind) {
    case 'set':
    case 'command':
    case 'notify':
    case 'save':
    case 'restore':
    case 'scene':
    case 'stop':
      return false;
    case 'if':
      return [...action.then, ...(action.else ?? [])].some(passesTime);
    case 'choose':
      return [...action.choices.flatMap(({ then }) => then), ...(action.else ?? [])].some(passesTime);
    default:
      return true;
  }
}

class Walk {
  readonly #tell: (pointer: string, message: string) => void;

  constructor(tell: (pointer: string, message: string) => void) {
    this.#tell = tell;
  }

  list(actions: readonly Action[], pointer: string, certain: Certain): void {
    let known = certain;
    for (const [index, action] of actions.entries()) {
      this.#action(action, below(pointer, index), known);
      if (ends([action]) && index < actions.length - 1) {
        this.#tell(below(pointer, index + 1), 'this is never reached: the run has ended before it');
        return;
      }
      if (passesTime(action)) known = [];
      else if (action.kind === 'if' && ends(action.else ?? [])) known = [...known, action.if];
    }
  }

  #action(action: Action, pointer: string, certain: Certain): void {
    switch (action.kind) {
      case 'if':
        return this.#if(action, pointer, certain);
      case 'choose':
        return this.#choose(action, pointer, certain);
      case 'repeat':
        return this.#repeat(action, pointer, certain);
      case 'parallel':
        for (const [index, branch] of action.branches.entries())
          this.list(branch, `${pointer}/branches/${index}`, certain);
        return;
      case 'set':
      case 'command':
        if (Array.isArray(action.onFailure)) this.list(action.onFailure as Action[], `${pointer}/onFailure`, []);
        return;
      default:
    }
  }

  #if(action: Extract<Action, { kind: 'if' }>, pointer: string, certain: Certain): void {
    const within = [...certain, action.if];
    if (isImpossible(within)) {
      if (action.then.length > 0)
        this.#tell(`${pointer}/then`, 'this is never reached: its condition never holds here');
    } else this.list(action.then, `${pointer}/then`, within);
    if (action.else === undefined || action.else.length === 0) return;
    if (isAlways(action.if)) this.#tell(`${pointer}/else`, 'this is never reached: the condition always holds');
    else this.list(action.else, `${pointer}/else`, certain);
  }

  #choose({ choices, else: otherwise }: Extract<Action, { kind: 'choose' }>, pointer: string, certain: Certain): void {
    for (const [index, choice] of choices.entries()) {
      const at = `${pointer}/choices/${index}`;
      const earlier = choices.slice(0, index).findIndex((each) => isAlways(each.if) || implies(choice.if, each.if));
      const within = [...certain, choice.if];
      if (isImpossible(within)) this.#tell(at, 'this is never reached: its condition never holds here');
      else if (earlier !== -1)
        this.#tell(at, `this is never reached: choice ${earlier + 1} is taken first wherever this one holds`);
      else this.list(choice.then, `${at}/then`, within);
    }
    if (otherwise === undefined || otherwise.length === 0) return;
    const always = choices.findIndex((choice) => isAlways(choice.if));
    if (always !== -1) this.#tell(`${pointer}/else`, `this is never reached: choice ${always + 1} always holds`);
    else this.list(otherwise, `${pointer}/else`, certain);
  }

  #repeat(action: Extract<Action, { kind: 'repeat' }>, pointer: string, certain: Certain): void {
    const never = action.count === 0 || (action.while !== undefined && isImpossible([...certain, action.while]));
    if (never) this.#tell(`${pointer}/actions`, 'this is never reached: there is no round');
    else this.list(action.actions, `${pointer}/actions`, action.while === undefined ? [] : [action.while]);
  }
}
