// What is said of an import: every piece that was lost, changed or not understood, with its line.

import type { ImportNote } from '../views.ts';
import { NOTES_MAX } from './limits.ts';

/** A piece that cannot be said in rules; whoever holds the list that it stands in leaves it out and goes on. */
export class Lost extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

export class Notes {
  readonly list: ImportNote[] = [];
  /** How many triggers, conditions and actions were left out so far. */
  losses = 0;

  info(line: number, message: string): void {
    this.#add({ line, level: 'info', message });
  }

  warn(line: number, message: string): void {
    this.#add({ line, level: 'warning', message });
  }

  /** Something of the rule is missing now, so that it comes back switched off. */
  lose(line: number, message: string): void {
    this.losses += 1;
    this.#add({ line, level: 'error', message });
  }

  /** Does it, or says what was lost. */
  attempt<T>(work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      this.lose(error.line, error.message);
      return null;
    }
  }

  #add(note: ImportNote): void {
    const isSame = (each: ImportNote): boolean => each.line === note.line && each.message === note.message;
    if (this.list.length < NOTES_MAX && !this.list.slice(-50).some(isSame)) this.list.push(note);
  }
}
