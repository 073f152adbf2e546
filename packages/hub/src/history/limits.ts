// The limits of history, units last.

import type { Series } from './samples.ts';

/** The log is sealed once it has this many entries, and at the end of each day. */
export const HISTORY_LOG_ENTRIES_MAX = 20_000;
/** Nor does it hold more text than this, since it lies in memory too. */
export const HISTORY_LOG_CHARACTERS_MAX = 8_388_608;
/** Entries travel to the thread in messages of at most so many. */
export const HISTORY_BATCH_ENTRIES_MAX = 2_000;
/** Beyond this many entries that cannot be written, the newest are dropped and the owner is told. */
export const HISTORY_WAITING_RECORDS_MAX = 200_000;
/** How many points one answer has at most. */
export const HISTORY_POINTS_MAX = 20_000;

/** All that a backtest needs, for a year and a season. */
const KEPT_DAYS = 400;
/** How well a device was received interests for a month. */
const KEPT_LINK_DAYS = 30;

/** How long a series is kept unless people say otherwise, in days. */
export const keptDays = ({ kind, name }: Series): number =>
  kind === 'property' && name.startsWith('link.') ? KEPT_LINK_DAYS : KEPT_DAYS;
