// What the hub asks of the thread that rehearses, and what it answers. Times are milliseconds since 1970.

import type { BacktestResult, EngineDevice, EngineHome, HomeNames } from '@lintel/engine';
import type { ErrorCode, Rule, RuleProblem } from '@lintel/model';
import type { Image } from '../images/image.ts';
import type { ImportInput } from '../import/home-assistant.ts';
import type { Edit } from '../journal/records.ts';
import type { ImportAnswer } from '../views.ts';

export interface BacktestRequest {
  readonly kind: 'backtest';
  /** The data folder, for its history. */
  readonly folder: string;
  readonly rule: Rule;
  readonly compare: Rule | null;
  readonly documents: readonly Edit[];
  readonly devices: readonly EngineDevice[];
  readonly from: number;
  readonly to: number;
  /** Whether what the rule sets takes effect, instead of what was recorded of it. */
  readonly closedLoop: boolean;
}

export interface ForecastRequest {
  readonly kind: 'forecast';
  readonly image: Image;
  readonly until: number;
}

export interface CheckRequest {
  readonly kind: 'check';
  readonly rules: readonly Rule[];
  readonly home: EngineHome;
  readonly devices: readonly EngineDevice[];
  readonly names: HomeNames;
}

export interface Coming {
  readonly at: number;
  readonly kind: 'run' | 'revert';
  readonly rule: string | null;
  readonly run: number;
  /** What will be done, for people. */
  readonly texts: readonly string[];
}

export interface Forecast {
  readonly coming: readonly Coming[];
  /** Where there was more to come than is looked at: how far it was. */
  readonly cutAt: number | null;
}

export interface ImportRequest extends ImportInput {
  readonly kind: 'import';
}

export interface CheckResult {
  readonly problems: readonly RuleProblem[];
}

export interface Refusal {
  readonly code: ErrorCode;
  readonly pointer: string;
  readonly extra: Readonly<Record<string, unknown>>;
}

export type RehearsalRequest = BacktestRequest | ForecastRequest | CheckRequest | ImportRequest;
export type RehearsalReply =
  | { readonly ok: true; readonly result: BacktestResult | Forecast | CheckResult | ImportAnswer }
  | {
      readonly ok: false;
      readonly message: string;
      /** Set where what was asked is at fault. */
      readonly refusal?: Refusal;
    };
