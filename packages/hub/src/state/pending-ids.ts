// Ids in the list of what is pending: of a revert its own, of a waiting run `run:`, its rule and its number.

export interface RunId {
  readonly rule: string;
  readonly run: number;
}

export const pendingRunId = ({ rule, run }: RunId): string => `run:${rule}:${run}`;

/** Null for what is not a run. */
export function runOfPending(id: string): RunId | null {
  const found = /^run:(.+):(\d{1,10})$/s.exec(id);
  return found === null ? null : { rule: found[1]!, run: Number(found[2]) };
}
