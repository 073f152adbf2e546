// How far a machine is with what it runs, and what is wrong with it.

import type { Value, Values } from '@lintel/sdk';

import { cut } from '../about.ts';

const TEXT_BYTES_MAX = 64;
export const ERROR = 3;
/** Structures are patched: what is not said stays as it was. */
const NO_ERROR = { errorStateId: 0, errorStateDetails: undefined };
/** The home does not say in numbers what is wrong: what was begun cannot be completed. */
const UNABLE_TO_COMPLETE = 2;

export const errorOf = (state: number, text: Value | undefined): object => {
  if (state !== ERROR) return NO_ERROR;
  return {
    errorStateId: UNABLE_TO_COMPLETE,
    errorStateDetails: typeof text === 'string' ? cut(text, TEXT_BYTES_MAX) : undefined,
  };
};

const STATES: Readonly<Record<string, number>> = { running: 1, paused: 2, error: ERROR };
const operationalStateList = [0, 1, 2, ERROR].map((operationalStateId) => ({ operationalStateId }));
const COUNTDOWN_MAX = 259_200;
const SECOND_MS = 1000;

function countdown(finishesAt: Value | undefined): number | null {
  const seconds = Math.round((Date.parse(String(finishesAt)) - Date.now()) / SECOND_MS);
  return Number.isNaN(seconds) ? null : Math.min(COUNTDOWN_MAX, Math.max(0, seconds));
}

/** The attributes of Operational State, and of what is made after it. */
export function operationOf(values: Values): Readonly<Record<string, unknown>> {
  const operationalState = STATES[String(values['appliance.state'])] ?? 0;
  const phase = values['appliance.phase'];
  const hasPhase = typeof phase === 'string';
  return {
    phaseList: hasPhase ? [cut(phase, TEXT_BYTES_MAX)] : null,
    currentPhase: hasPhase ? 0 : null,
    countdownTime: countdown(values['appliance.finishesAt']),
    operationalStateList,
    operationalState,
    operationalError: errorOf(operationalState, values['appliance.error']),
  };
}
