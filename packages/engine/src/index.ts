// The public face of the engine.

export { backtest, compareFirings, openReplay } from './backtest.ts';
export type { BacktestInput, BacktestResult, Firing, Replay, ReplayOptions } from './backtest.ts';
export { check } from './check-rules.ts';
export type { Problem } from './check-rules.ts';
export { compile } from './compiled.ts';
export type { CompileInput } from './compiled.ts';
export { createEngine } from './create.ts';
export type { Engine } from './engine.ts';
export type { Handover } from './run/handover.ts';
export type { EventKind } from './run/event-kind.ts';
export type { LogicalRun, LogicalState, LogicalValue, LogicalWait } from './run/export.ts';
export type { BatchRows } from './run/rows.ts';
export { PERSONS_MAX } from '../../../assembly/limits.ts';
export { EngineError, RuleError } from './errors.ts';
export type { EngineErrorCode } from './errors.ts';
export { zoneTable } from './zone.ts';
export type { ZoneStretch } from './zone.ts';
export { checkRule } from './check/rule.ts';
export { parseDate } from './check/triggers.ts';
export { DATA_FIELDS_MAX, RUNS_OF_RULE_MAX } from '../../../assembly/limits.ts';
export type { LogicalCountdown } from './run/countdowns.ts';
export type {
  Countdown,
  EngineCommand,
  EngineCommand as Command,
  EngineDevice,
  EngineEvent,
  EngineHome,
  EngineOptions,
  EngineTrace,
  EngineTrace as Trace,
  HomeNames,
  ReplaceResult,
  StepResult,
  TraceOutcome,
} from './types.ts';
