// What the history's client and its thread say to each other.

import type { Point } from './points.ts';
import type { Entry, Sample, Series } from './samples.ts';

export const HISTORY_FILE = 'history.db';

export type HistoryRequest =
  /** Keeps entries; afterwards everything up to `applied` is in. */
  | { readonly kind: 'append'; readonly entries: readonly Entry[]; readonly applied: number }
  | { readonly kind: 'applied' }
  /** Forgets that anything beyond this number was applied, after the journal lost records. */
  | { readonly kind: 'rewind'; readonly applied: number }
  /** Samples of one series with `from` ≤ at < `to`, and the last one before. */
  | { readonly kind: 'samples'; readonly series: Series; readonly from: number; readonly to: number }
  /** The same as at most so many points of a chart. */
  | {
      readonly kind: 'points';
      readonly series: Series;
      readonly from: number;
      readonly to: number;
      readonly most: number;
    }
  /** All samples with `from` ≤ at < `to`, by series. */
  | { readonly kind: 'inputs'; readonly from: number; readonly to: number }
  | { readonly kind: 'retain'; readonly series: Partial<Series>; readonly days: number }
  | { readonly kind: 'close' };

export interface Found {
  readonly samples: readonly Sample[];
  readonly before: Sample | null;
  /** Whether the series was ever heard of. */
  readonly known: boolean;
}

export interface FoundPoints {
  readonly points: readonly Point[];
  readonly before: Point | null;
  /** Whether the series was ever heard of. */
  readonly known: boolean;
}

export interface SeriesSamples {
  readonly series: Series;
  readonly samples: readonly Sample[];
}

export interface InputsPage {
  readonly found: readonly SeriesSamples[];
  /** When the first sample after these was taken, or null. */
  readonly next: number | null;
}

export type HistoryReply =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string; readonly code: string };
