// The limits of rehearsals, units last.

export const REHEARSALS_AT_ONCE_MAX = 2;
/** More than these are refused, not kept waiting. */
export const REHEARSALS_WAITING_MAX = 8;
export const REHEARSAL_MS_MAX = 60_000;
export const REHEARSAL_MEMORY_MIB_MAX = 512;
/** Inputs before the time that is asked about, so that waits and `for` that began before it are there. */
export const BACKTEST_WARM_UP_MS = 86_400_000;
export const BACKTEST_DAYS_MAX = 400;
/** Of more firings than these the first are told. */
export const FIRINGS_MAX = 10_000;
export const FORECAST_HOURS_DEFAULT = 24;
export const FORECAST_HOURS_MAX = 31 * 24;
/** Steps of the home that a forecast goes at most. */
export const FORECAST_STEPS_MAX = 100_000;
/** What one step leads to at once, by commands that take effect. */
export const FORECAST_ECHOES_MAX = 64;
/** Rules that are not saved yet, looked at together with those that are. */
export const CHECK_DRAFTS_MAX = 1_000;
/** Of more problems than these the first are told. */
export const PROBLEMS_MAX = 1_000;
