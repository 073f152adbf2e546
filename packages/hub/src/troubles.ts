// What is wrong with the hub itself at present, in sentences for its owner. A trouble that did not come back for a while is over.

import { HubError } from '@lintel/model';

export interface Troubles {
  /** What was lost at this start; stays until the next. */
  lost(reasons: readonly string[]): void;
  /** A fault of the world that the hub survived. */
  survived(error: unknown): void;
  reasons(): readonly string[];
}

const OVER_AFTER_MS = 60_000;
const KEPT_MAX = 20;

export function createTroubles(now: () => number, log: (error: unknown) => void): Troubles {
  const permanent: string[] = [];
  const passing = new Map<string, number>();
  return {
    lost: (reasons) => void permanent.push(...reasons),
    survived: (error) => {
      const text = error instanceof HubError ? error.message : 'something failed inside the hub; its log says more';
      const known = passing.has(text);
      if (passing.size < KEPT_MAX || known) passing.set(text, now());
      if (!known) log(error);
    },
    reasons: () => {
      for (const [text, at] of passing) if (now() - at > OVER_AFTER_MS) passing.delete(text);
      return [...permanent, ...passing.keys()];
    },
  };
}
