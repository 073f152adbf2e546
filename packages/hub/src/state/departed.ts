// Who wrote rules that were deleted while something of them was under way: it acts with that person's rights until it ends.

export type ExportedDeparted = readonly (readonly [rule: string, author: string])[];

export interface Departed {
  /** The author of a rule that is no more; undefined where nothing of it is under way. */
  author(rule: string): string | undefined;
  left(rule: string, author: string): void;
  forget(rule: string): void;
  export(): ExportedDeparted;
}

export function createDeparted(from: ExportedDeparted = []): Departed {
  const byRule = new Map(from);
  return {
    author: (rule) => byRule.get(rule),
    left: (rule, author) => void byRule.set(rule, author),
    forget: (rule) => void byRule.delete(rule),
    export: () => [...byRule],
  };
}
