// Commands answer with what became of them: a device that refuses is an answer, one that stays silent or is away an error.

import { STATUS_CODES } from 'node:http';
import type { CommandAnswer } from '@lintel/hub';
import type { LeastRole } from '../authorize.ts';
import { commandBody, type CommandTarget } from '../commands.ts';
import { ok, route, type Answer, type Route } from '../routes.ts';
import { outcome } from '../schemas/views.ts';
import type { Services } from '../services.ts';

const WORLD_FAULTS = {
  timeout: { status: 504, code: 'TIMEOUT', detail: 'The device did not answer in time.' },
  offline: { status: 503, code: 'DEVICE_OFFLINE', detail: 'The device cannot be reached. Check its power and range.' },
} as const;

/** 200 for what is done, refused or overtaken; 504 and 503 as problems that keep the outcome's own members. */
export function outcomeAnswer(answer: CommandAnswer): Answer {
  if (answer.status !== 'timeout' && answer.status !== 'offline') return ok(answer);
  const { status, code, detail } = WORLD_FAULTS[answer.status];
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: { type: 'about:blank', title: STATUS_CODES[status], code, detail, ...answer.error, ...answer },
  };
}

interface CommandRouteSpec {
  readonly path: string;
  readonly role: Exclude<LeastRole, 'public'>;
  readonly summary: string;
  readonly target: (id: string) => CommandTarget;
}

export function commandRoute(
  { commander, metrics }: Services,
  { path, role, summary, target }: CommandRouteSpec,
): Route {
  return route({
    method: 'POST',
    path,
    role,
    summary,
    body: commandBody,
    answers: { 200: outcome, 503: outcome, 504: outcome },
    handle: async ({ identity, body, param }) => {
      metrics.commands += 1;
      return outcomeAnswer(await commander.send(identity, target(param('id')), body));
    },
  });
}
