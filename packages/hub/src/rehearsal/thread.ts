// The thread in which a rule is tried on the past, the home on the time to come, or rules are looked at together. It lives for
// one question.

import { parentPort, workerData } from 'node:worker_threads';
import { check, RuleError, type BacktestResult } from '@lintel/engine';
import { runBacktest } from './backtest.ts';
import { runForecast } from './forecast.ts';
import type { CheckResult, Forecast, RehearsalReply, RehearsalRequest } from './messages.ts';

const request = workerData as RehearsalRequest;

function answer(): Promise<BacktestResult | Forecast> | CheckResult {
  switch (request.kind) {
    case 'backtest':
      return runBacktest(request);
    case 'forecast':
      return runForecast(request);
    case 'check':
      return check(request);
  }
}

try {
  const result = await answer();
  parentPort!.postMessage({ ok: true, result } satisfies RehearsalReply);
} catch (error) {
  const { message } = error as Error;
  const at = error instanceof RuleError ? { at: { rule: error.rule, pointer: error.pointer } } : {};
  parentPort!.postMessage({ ok: false, message, ...at } satisfies RehearsalReply);
}
