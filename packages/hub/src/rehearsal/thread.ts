// The thread in which a rule is tried on the past, the home on the time to come, rules are looked at together, or
// imported. It lives for one question.

import { parentPort, workerData } from 'node:worker_threads';
import { check, RuleError, type BacktestResult } from '@lintel/engine';
import { HubError } from '@lintel/model';
import { importHomeAssistant } from '../import/home-assistant.ts';
import type { ImportAnswer } from '../views.ts';
import { runBacktest } from './backtest.ts';
import { runForecast } from './forecast.ts';
import type { CheckResult, Forecast, RehearsalReply, RehearsalRequest, Refusal } from './messages.ts';

const request = workerData as RehearsalRequest;

function answer(): Promise<BacktestResult | Forecast | ImportAnswer> | CheckResult {
  switch (request.kind) {
    case 'backtest':
      return runBacktest(request);
    case 'forecast':
      return runForecast(request);
    case 'check':
      return check(request);
    case 'import':
      return importHomeAssistant(request);
  }
}

function refusalOf(error: unknown): { refusal?: Refusal } {
  if (error instanceof RuleError)
    return { refusal: { code: 'BAD_RULE', pointer: error.pointer, extra: { rule: error.rule } } };
  if (!(error instanceof HubError)) return {};
  return { refusal: { code: error.code, pointer: error.pointer ?? '', extra: error.extra ?? {} } };
}

try {
  const result = await answer();
  parentPort!.postMessage({ ok: true, result } satisfies RehearsalReply);
} catch (error) {
  const { message } = error as Error;
  parentPort!.postMessage({ ok: false, message, ...refusalOf(error) } satisfies RehearsalReply);
}
