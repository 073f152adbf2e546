// What became of each rule's latest runs, for people to read.

import { RUNS_OF_RULE_MAX } from '@lintel/engine';
import type { RunTrace } from '../interface.ts';
import { RUN_COMMANDS_KEPT, RUNS_KEPT_PER_RULE } from '../limits.ts';
import type { CoreTrace } from './core.ts';

type RunCommand = RunTrace['commands'][number];
export type ExportedRuns = readonly (readonly [string, readonly RunTrace[]])[];

export interface Runs {
  list(rule: string): readonly RunTrace[];
  /** What a run did, or what became of it; the text is asked for only where it is kept. */
  command(rule: string, run: number, cause: number, command: Omit<RunCommand, 'text'> & { text(): string }): void;
  /** Adds a line to a run that is remembered. */
  note(rule: string, run: number, line: RunCommand): void;
  ended(trace: CoreTrace, cause: number): RunTrace;
  forget(rule: string): void;
  export(): ExportedRuns;
}

/** The oldest go, but what a run did is not forgotten while it is under way. */
const kept = (runs: readonly RunTrace[]): RunTrace[] =>
  runs
    .filter(({ outcome }, index) => index < RUNS_KEPT_PER_RULE || outcome === 'running')
    .slice(0, RUNS_KEPT_PER_RULE + RUNS_OF_RULE_MAX);

export function createRuns(from: ExportedRuns = []): Runs {
  const byRule = new Map<string, RunTrace[]>(from.map(([rule, runs]) => [rule, [...runs]]));

  /** Puts a run in place of its earlier self, or first in the list. */
  const put = (rule: string, run: RunTrace): RunTrace => {
    const list = byRule.get(rule) ?? [];
    const known = run.run === 0 ? -1 : list.findIndex((each) => each.run === run.run);
    if (known === -1) byRule.set(rule, kept([run, ...list]));
    else list[known] = run;
    return run;
  };
  const find = (rule: string, run: number): RunTrace | undefined =>
    run === 0 ? undefined : byRule.get(rule)?.find((each) => each.run === run);

  return {
    list: (rule) => byRule.get(rule) ?? [],
    command: (rule, run, cause, command) => {
      const { at } = command;
      const begun = find(rule, run) ?? { run, at, trigger: null, outcome: 'running', cause, commands: [] };
      if (begun.commands.length >= RUN_COMMANDS_KEPT) put(rule, { ...begun, omitted: (begun.omitted ?? 0) + 1 });
      else put(rule, { ...begun, commands: [...begun.commands, { ...command, text: command.text() }] });
    },
    note: (rule, run, line) => {
      const known = find(rule, run);
      if (known !== undefined) put(rule, { ...known, commands: [...known.commands, line] });
    },
    ended: (trace, cause) => {
      const known = find(trace.rule, trace.run ?? 0);
      return put(trace.rule, {
        run: trace.run ?? 0,
        at: known?.at ?? new Date(trace.at).toISOString(),
        trigger: trace.trigger ?? null,
        outcome: trace.outcome,
        ...(trace.pointer !== undefined && { pointer: trace.pointer }),
        cause: known?.cause ?? cause,
        commands: known?.commands ?? [],
        ...(known?.omitted !== undefined && { omitted: known.omitted }),
      });
    },
    forget: (rule) => void byRule.delete(rule),
    export: () => [...byRule].map(([rule, runs]) => [rule, [...runs]]),
  };
}
