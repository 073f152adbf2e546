// Who is in a room, on a floor or of a kind has changed: what rules say of such sets is asked anew. A trigger does not fire by
// that alone, as none that an edit adds does; a wait until something is so goes on if it now is.

import * as abi from '../../../../assembly/abi.ts';
import type { CompiledTrigger, Members } from '../compile/fragment.ts';
import type { HomeMap } from '../link/members.ts';
import type { Machine } from './machine.ts';

export class MovedSets {
  readonly #before: HomeMap;
  readonly #after: HomeMap;
  readonly #known = new Map<string, boolean>();

  constructor(before: HomeMap, after: HomeMap) {
    this.#before = before;
    this.#after = after;
  }

  /** Whether nobody can have moved. */
  get isNone(): boolean {
    return this.#before === this.#after;
  }

  /** Whether others are in a set than before. */
  has(members: Members): boolean {
    if (members.type !== 'set' || this.isNone) return false;
    const { set } = members;
    const key = JSON.stringify(set);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const isMoved = this.#before.members(set).join('\0') !== this.#after.members(set).join('\0');
    this.#known.set(key, isMoved);
    return isMoved;
  }

  /** Asks a trigger of a rule or of a wait anew; its timer must then be set by its cell. */
  askTrigger({ core, memory }: Machine, { kind, predicate, reads }: CompiledTrigger, at: number, cell: number): void {
    if (kind === abi.KIND_STATEMENT && this.has(predicate!.members)) core.askStatement(at, cell);
    if (kind !== abi.KIND_EXPRESSION || !reads.some((each) => this.has(each))) return;
    memory.putWord(cell + abi.CELL_FLAGS, memory.word(cell + abi.CELL_FLAGS) & ~abi.CELL_STATEMENT);
    this.askSoon({ memory }, cell);
  }

  /** Lets a condition or an expression be asked before anything else happens. */
  askSoon({ memory }: Pick<Machine, 'memory'>, cell: number): void {
    memory.putFloat(cell + abi.CELL_RECHECK_AT, memory.float(abi.H_NOW));
  }
}
