// The thread in which a rule is tried on the past, or the home on the time to come. It lives for one question.

import { parentPort, workerData } from 'node:worker_threads';
import { runBacktest } from './backtest.ts';
import { runForecast } from './forecast.ts';
import type { RehearsalReply, RehearsalRequest } from './messages.ts';

const request = workerData as RehearsalRequest;

try {
  const result = request.kind === 'backtest' ? await runBacktest(request) : await runForecast(request);
  parentPort!.postMessage({ ok: true, result } satisfies RehearsalReply);
} catch (error) {
  parentPort!.postMessage({ ok: false, message: (error as Error).message } satisfies RehearsalReply);
}
