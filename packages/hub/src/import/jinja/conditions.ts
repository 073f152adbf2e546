// Templates as conditions: presence and the sun have conditions of their own here, the rest are expressions.

import type { Condition } from '@lintel/model';
import { Lost } from '../notes.ts';
import type { Scope } from '../scope.ts';
import type { Tree } from './tree.ts';
import { Writer } from './writer.ts';

export class Conditions {
  readonly #scope: Scope;
  readonly #line: number;

  constructor(scope: Scope, line: number) {
    this.#scope = scope;
    this.#line = line;
  }

  read(tree: Tree): Condition {
    const presence = this.#presence(tree);
    if (presence !== null) return presence;
    try {
      return { kind: 'expression', expression: new Writer(this.#scope, this.#line).value(tree) };
    } catch (error) {
      const split = error instanceof Lost ? this.#split(tree) : null;
      if (split === null) throw error;
      return split;
    }
  }

  #split(tree: Tree): Condition | null {
    if (tree.type === 'unary' && tree.operator === 'not') return { kind: 'not', condition: this.read(tree.operand) };
    if (tree.type !== 'binary' || (tree.operator !== 'and' && tree.operator !== 'or')) return null;
    return { kind: tree.operator, conditions: [this.read(tree.left), this.read(tree.right)] };
  }

  /** `is_state("person.ada", "home")`, or `states("person.ada") == "home"`. */
  #presence(tree: Tree): Condition | null {
    const asked = stateAsked(tree);
    if (asked === null) return null;
    const found = this.#scope.entities.find(asked.entity);
    if (found === null || !('person' in found)) return null;
    if (asked.state !== 'home' && asked.state !== 'not_home')
      throw new Lost(this.#line, `only "home" and "not_home" are known of people, not ${JSON.stringify(asked.state)}`);
    const is = (asked.state === 'home') === asked.equal ? 'home' : 'away';
    return { kind: 'presence', person: found.person, is };
  }
}

interface Asked {
  readonly entity: string;
  readonly state: string;
  readonly equal: boolean;
}

function stateAsked(tree: Tree): Asked | null {
  if (tree.type === 'call' && tree.of.type === 'name' && tree.of.name === 'is_state') {
    const [entity, state] = tree.operands.map(textConstant);
    return entity == null || state == null ? null : { entity, state, equal: true };
  }
  if (tree.type !== 'binary' || (tree.operator !== '==' && tree.operator !== '!=')) return null;
  const entity = entityRead(tree.left);
  const state = textConstant(tree.right);
  return entity === null || state === null ? null : { entity, state, equal: tree.operator === '==' };
}

const textConstant = (tree: Tree): string | null =>
  tree.type === 'constant' && typeof tree.value === 'string' ? tree.value : null;

/** The entity whose state is read by `states("…")`. */
function entityRead(tree: Tree): string | null {
  if (tree.type !== 'call' || tree.of.type !== 'name' || tree.of.name !== 'states') return null;
  return tree.operands[0] === undefined ? null : textConstant(tree.operands[0]);
}
