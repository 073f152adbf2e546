// How many repeats of a run may be under way at once.

import type { Action } from '@lintel/model';

/** Most counters that these actions use at once. */
export function repeatsIn(actions: readonly Action[]): number {
  return Math.max(0, ...actions.map(repeatsOf));
}

function repeatsOf(action: Action): number {
  switch (action.kind) {
    case 'repeat':
      return 1 + repeatsIn(action.actions);
    case 'parallel':
      return action.branches.reduce((sum, branch) => sum + repeatsIn(branch), 0);
    case 'if':
      return Math.max(repeatsIn(action.then), repeatsIn(action.else ?? []));
    case 'choose':
      return Math.max(repeatsIn(action.else ?? []), ...action.choices.map((choice) => repeatsIn(choice.then)));
    case 'set':
    case 'command':
      return Array.isArray(action.onFailure) ? repeatsIn(action.onFailure as readonly Action[]) : 0;
    default:
      return 0;
  }
}
