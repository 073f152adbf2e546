// Writes a template's tree as an expression of rules. A value that is not known makes both unknown, so that `float(0)` and other
// defaults are left out: a template on an unknown value does not pass.

import { Lost } from '../notes.ts';
import { show } from '../reading.ts';
import { without, type Scope } from '../scope.ts';
import { compare, includes, mirrored } from './compare.ts';
import { nowMember, spanOf, triggerMember, waitMember } from './context.ts';
import { constant, joinPieces, not, readProperty, scaled, whole, within, type Piece } from './piece.ts';
import { singleTree } from './parts.ts';
import { pathOf, type Tree } from './tree.ts';

const ARITHMETIC = new Set(['+', '-', '*', '/', '%']);
/** Filters that change nothing of a value that is known. */
const TRANSPARENT = new Set([
  'float',
  'default',
  'd',
  'bool',
  'string',
  'trim',
  'lower',
  'list',
  'is_defined',
  'number',
]);

export class Writer {
  readonly #scope: Scope;
  readonly #line: number;
  /** What `state` stands for. */
  readonly #entity: string | null;

  constructor(scope: Scope, line: number, entity: string | null = null) {
    this.#scope = scope;
    this.#line = line;
    this.#entity = entity;
  }

  /** As it stands: a state, a word, or what is true or not. */
  value(tree: Tree): string {
    return this.#piece(tree).text;
  }

  number(tree: Tree): string {
    return scaled(this.#piece(tree)).text;
  }

  /** As an operand of `+` between texts. */
  joined(tree: Tree): string {
    return within(scaled(this.#piece(tree)), 5);
  }

  #lost(message: string): never {
    throw new Lost(this.#line, message);
  }

  #piece(tree: Tree): Piece {
    switch (tree.type) {
      case 'constant':
        return constant(tree.value);
      case 'name':
        return this.#name(tree.name);
      case 'member':
        return this.#member(tree);
      case 'call':
        return this.#call(tree);
      case 'filter':
        return this.#filter(tree);
      case 'test':
        return this.#test(tree);
      case 'binary':
        return this.#binary(tree);
      case 'unary':
        return this.#unary(tree);
      case 'list':
        return this.#lost('a list is taken only behind `in` and in min and max');
    }
  }

  #name(name: string): Piece {
    const value = this.#scope.variables.get(name);
    if (value === undefined) this.#lost(`${show(name)} of a template is not known here`);
    if (value.type === 'scalar' && !value.text.includes('{{')) return constant(value.value);
    const scope = without(this.#scope, name, this.#line);
    return new Writer(scope, this.#line, this.#entity).#piece(singleTree(value));
  }

  #state(entity: Tree | undefined, attribute?: Tree): Piece {
    if (entity?.type !== 'constant') this.#lost('an entity that is worked out is not taken');
    if (attribute !== undefined && attribute.type !== 'constant')
      this.#lost('an attribute that is worked out is not taken');
    return this.#stateOf(String(entity.value), attribute === undefined ? undefined : String(attribute.value));
  }

  #stateOf(entity: string, attribute?: string): Piece {
    if (entity === 'sun.sun' && (attribute === 'elevation' || attribute === 'azimuth'))
      return whole(`sun.${attribute}`);
    const found = this.#scope.entities.find(entity);
    if (found !== null && 'variable' in found) return whole(`variable(${JSON.stringify(found.variable)})`);
    return readProperty(this.#scope.entities.meaning(entity, this.#line, attribute));
  }

  #member(tree: Extract<Tree, { type: 'member' }>): Piece {
    const path = pathOf(tree);
    if (path === null) {
      if (tree.of.type === 'call' && pathOf(tree.of.of)?.[0] === 'now' && tree.key.type === 'constant')
        return nowMember(String(tree.key.value)) ?? this.#lost(`now().${String(tree.key.value)} has no counterpart`);
      return this.#lost('this part of the template has no counterpart');
    }
    const found = this.#known(path);
    return found ?? this.#lost(`${show(path.join('.'))} has no counterpart`);
  }

  #known([first = '', ...rest]: readonly string[]): Piece | null {
    if (first === 'states') return this.#stateObject(`${rest[0] ?? ''}.${rest[1] ?? ''}`, rest.slice(2));
    if (first === 'state' && this.#entity !== null) return this.#stateObject(this.#entity, rest);
    if (first === 'trigger') return triggerMember(rest, this.#scope);
    if (first === 'wait') return waitMember(rest);
    if (first !== 'repeat') return null;
    if (rest[0] === 'first') return joinPieces('==', whole('repeat.index'), constant(1));
    return rest[0] === 'index' || rest[0] === 'item' ? whole(`repeat.${rest[0]}`) : null;
  }

  #stateObject(entity: string, [what, attribute]: readonly string[]): Piece | null {
    if (what === 'state') return this.#stateOf(entity);
    if (what === 'attributes' && attribute !== undefined) return this.#stateOf(entity, attribute);
    if (what !== 'last_changed' && what !== 'last_updated') return null;
    return joinPieces('-', whole('now'), this.#since(entity), { is: 'instant' });
  }

  #since(entity: string): Piece {
    const { device, property } = this.#scope.entities.meaning(entity, this.#line);
    return whole(`since(${JSON.stringify(device)}, ${JSON.stringify(property)})`, { is: 'span' });
  }

  #call(tree: Extract<Tree, { type: 'call' }>): Piece {
    const { of, operands, named } = tree;
    if (of.type === 'member' && of.key.type === 'constant') return this.#method(of.of, String(of.key.value), operands);
    const name = of.type === 'name' ? of.name : '';
    switch (name) {
      case 'states':
        return this.#state(operands[0]);
      case 'state_attr':
        return this.#state(operands[0], operands[1]);
      case 'is_state':
        return this.#compare('==', this.#state(operands[0]), operands[1]);
      case 'is_state_attr':
        return this.#compare('==', this.#state(operands[0], operands[1]), operands[2]);
      case 'has_value':
        return joinPieces('!=', this.#state(operands[0]), constant(null));
      case 'now':
      case 'utcnow':
        return whole('now', { is: 'instant' });
      case 'timedelta':
        return spanOf(named) ?? this.#lost('this timedelta has no counterpart');
      case 'as_timestamp':
        return this.#seconds(this.#piece(operands[0] ?? this.#lost(`${name} of nothing`)));
      case 'max':
      case 'min':
        return this.#extreme(name, operands);
      case 'float':
      case 'int':
      case 'abs':
      case 'bool':
        return this.#filter({
          type: 'filter',
          of: operands[0] ?? this.#lost(`${name} of nothing`),
          name,
          operands: [],
        });
      default:
        return this.#lost(`${show(name)} of a template has no counterpart`);
    }
  }

  #method(of: Tree, name: string, operands: readonly Tree[]): Piece {
    if (of.type === 'call' && pathOf(of.of)?.[0] === 'now' && operands.length === 0) {
      const found = nowMember(name);
      if (found !== null) return found;
    }
    const piece = name === 'total_seconds' || name === 'timestamp' ? this.#piece(of) : null;
    if (piece?.is === 'span' || piece?.is === 'instant') return this.#seconds(piece);
    return this.#lost(`${show(name)} of a template has no counterpart`);
  }

  #seconds(piece: Piece): Piece {
    if (piece.is !== 'span' && piece.is !== 'instant') this.#lost('only times and spans have seconds');
    return joinPieces('/', { text: piece.text, level: piece.level }, constant(1000));
  }

  #extreme(name: 'max' | 'min', operands: readonly Tree[]): Piece {
    const [first] = operands;
    const items = operands.length === 1 && first?.type === 'list' ? first.items : operands;
    if (items.length === 0 || items.length > 16) this.#lost(`${name} takes 1 to 16 values`);
    return whole(`${name}(${items.map((item) => scaled(this.#piece(item)).text).join(', ')})`);
  }

  #filter({ of, name, operands }: Extract<Tree, { type: 'filter' }>): Piece {
    if (TRANSPARENT.has(name)) return this.#piece(of);
    if (name === 'max' || name === 'min') return this.#extreme(name, [of]);
    const piece = scaled(this.#piece(of));
    const plain: Piece = { text: piece.text, level: piece.level };
    switch (name) {
      case 'abs':
        return whole(`abs(${plain.text})`);
      case 'int':
        return joinPieces('-', plain, joinPieces('%', plain, constant(1)));
      case 'round':
        return this.#round(plain, operands);
      case 'as_timestamp':
        return this.#seconds(piece);
      default:
        return this.#lost(`the filter ${show(name)} has no counterpart`);
    }
  }

  #round(piece: Piece, [digits, ...more]: readonly Tree[]): Piece {
    const count = digits === undefined ? 0 : digits.type === 'constant' ? Number(digits.value) : Number.NaN;
    if (!Number.isInteger(count) || count < 0 || count > 6 || (more.length > 0 && more[0]!.type !== 'constant'))
      this.#lost('this way of rounding has no counterpart');
    if (count === 0) return whole(`round(${piece.text})`);
    const factor = constant(10 ** count);
    return joinPieces('/', whole(`round(${joinPieces('*', piece, factor).text})`), factor);
  }

  #test({ of, name, negated, operands }: Extract<Tree, { type: 'test' }>): Piece {
    const path = pathOf(of)?.join('.');
    if (name === 'none' && path === 'wait.trigger') return whole(negated ? '!wait.timedOut' : 'wait.timedOut');
    if (name === 'none' || name === 'defined' || name === 'undefined') {
      const isUnknown = (name === 'defined') === negated;
      return joinPieces(isUnknown ? '==' : '!=', this.#piece(of), constant(null));
    }
    const [list] = operands;
    if (name === 'in' && list !== undefined) return this.#in(of, list, negated);
    return this.#lost(`the test ${show(name)} has no counterpart`);
  }

  #unary({ operator, operand }: Extract<Tree, { type: 'unary' }>): Piece {
    if (operator === 'not') return not(this.#piece(operand));
    if (operand.type === 'constant' && typeof operand.value === 'number') return constant(-operand.value);
    const piece = scaled(this.#piece(operand));
    return { text: `-${within(piece, 6)}`, level: 6 };
  }

  #binary({ operator, left, right }: Extract<Tree, { type: 'binary' }>): Piece {
    switch (operator) {
      case 'and':
      case 'or':
        return joinPieces(operator === 'and' ? '&&' : '||', this.#piece(left), this.#piece(right));
      case 'in':
      case 'not in':
        return this.#in(left, right, operator === 'not in');
      case '~':
        return joinPieces('+', joinPieces('+', constant(''), scaled(this.#piece(left))), scaled(this.#piece(right)));
      default:
        return ARITHMETIC.has(operator)
          ? this.#arithmetic(operator, left, right)
          : this.#compared(operator, left, right);
    }
  }

  #compared(operator: string, left: Tree, right: Tree): Piece {
    if (!['==', '!=', '<', '<=', '>', '>='].includes(operator))
      return this.#lost(`the operator ${operator} has no counterpart`);
    if (left.type === 'constant' && right.type !== 'constant') return this.#compared(mirrored(operator), right, left);
    return this.#compare(operator, this.#piece(left), right);
  }

  #compare(operator: string, left: Piece, right: Tree | undefined): Piece {
    if (right === undefined) return this.#lost('a comparison lacks its other side');
    return compare(
      operator,
      left,
      right.type === 'constant' ? right.value : this.#piece(right),
      this.#scope,
      this.#line,
    );
  }

  #arithmetic(operator: string, left: Tree, right: Tree): Piece {
    const [one, other] = [scaled(this.#piece(left)), scaled(this.#piece(right))];
    if (operator === '-' && one.is === 'instant' && other.is === 'instant') {
      const since = /^now - (since\(.*\))$/.exec(other.text)?.[1];
      if (one.text === 'now' && since !== undefined) return whole(since, { is: 'span' });
      return joinPieces('-', one, other, { is: 'span' });
    }
    const isTimely = other.is === 'span' && one.is !== undefined;
    return joinPieces(operator, one, other, isTimely ? { is: one.is! } : {});
  }

  #in(left: Tree, right: Tree, negated: boolean): Piece {
    if (right.type !== 'list') return this.#lost('`in` is taken with a list alone');
    const values = right.items.map((item) => (item.type === 'constant' ? item.value : this.#piece(item)));
    return includes(this.#piece(left), values, negated, this.#scope, this.#line);
  }
}
