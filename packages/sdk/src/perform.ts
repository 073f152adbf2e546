// Carries out a batch of commands on a running plugin: each answers an outcome of its own, whatever the plugin throws.

import type { Outcome, OutcomeStatus } from '@lintel/model';

import { PluginError } from './plugin.ts';
import type { CommandRequest, RunningPlugin } from './plugin.ts';
import type { WireError } from './wire.ts';

const STATUS_OF: Readonly<Record<string, OutcomeStatus>> = {
  DEVICE_OFFLINE: 'offline',
  TIMEOUT: 'timeout',
  SUPERSEDED: 'superseded',
};

/** An error as it crosses the boundary: a `PluginError` as it is, anything else as the plugin's failure. */
export function wireErrorOf(error: unknown): WireError {
  if (error instanceof PluginError) {
    return { code: error.code, detail: error.message, ...(error.pointer !== undefined && { pointer: error.pointer }) };
  }
  return { code: 'PLUGIN_FAILED', detail: error instanceof Error ? error.message : String(error) };
}

/**
 * What a command that ended in `error` answers: a `PluginError` by its code, anything else as the plugin's failure.
 * @example outcomeOf(new PluginError('DEVICE_OFFLINE', 'The lamp has no power.')) // { status: 'offline', error: … }
 */
export function outcomeOf(error: unknown): Outcome {
  const { code, detail } = wireErrorOf(error);
  return { status: STATUS_OF[code] ?? 'failed', error: { code, detail } };
}

const unsupported = (): Outcome =>
  outcomeOf(new PluginError('UNSUPPORTED', 'the plugin takes no commands for its devices'));

/** Calls `run` once after `ms`; the answer cancels it. */
export type After = (ms: number, run: () => void) => () => void;

/** A signal that aborts after `ms`, and what lets it go before that. */
function deadlineAfter(after: After, ms: number): { signal: AbortSignal; release: () => void } {
  const deadline = new AbortController();
  const expire = (): void => deadline.abort(new PluginError('TIMEOUT', 'the device did not confirm in time'));
  return { signal: deadline.signal, release: after(ms, expire) };
}

async function performOne(running: RunningPlugin, request: CommandRequest, after: After): Promise<Outcome> {
  if (running.command === undefined) return unsupported();
  const { signal, release } = deadlineAfter(after, request.deadline);
  try {
    await running.command(request.id, request.command, signal);
    return { status: 'done' };
  } catch (error) {
    return outcomeOf(error);
  } finally {
    release();
  }
}

async function performTogether(
  commands: NonNullable<RunningPlugin['commands']>,
  batch: readonly CommandRequest[],
  after: After,
  decided: (at: number, outcome: Outcome) => void,
): Promise<readonly Outcome[]> {
  const { signal, release } = deadlineAfter(after, Math.max(...batch.map((each) => each.deadline)));
  try {
    const outcomes = await commands(batch, signal, decided);
    if (outcomes.length === batch.length) return outcomes;
    throw new Error(`the plugin answered ${outcomes.length} outcomes to ${batch.length} commands`);
  } catch (error) {
    return batch.map(() => outcomeOf(error));
  } finally {
    release();
  }
}

/** Resolves when every command of the batch has its outcome; `decided` hears of each as it comes. */
export async function perform(
  running: RunningPlugin,
  batch: readonly CommandRequest[],
  after: After,
  decided: (at: number, outcome: Outcome) => void,
): Promise<void> {
  if (running.commands !== undefined) {
    const early = new Set<number>();
    const decideEarly = (at: number, outcome: Outcome): void => {
      if (!early.has(at)) decided(at, outcome);
      early.add(at);
    };
    const outcomes = await performTogether(running.commands.bind(running), batch, after, decideEarly);
    outcomes.forEach((outcome, at) => decideEarly(at, outcome));
    return;
  }
  const each = batch.map((request, at) => performOne(running, request, after).then((outcome) => decided(at, outcome)));
  if (each.length > 1) await Promise.all(each);
  else await each[0];
}
