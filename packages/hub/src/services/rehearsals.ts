// Rules tried on what was recorded, and the home on the time to come.

import type { BacktestResult, Command } from '@lintel/engine';
import { formatDuration, HubError, type Rule } from '@lintel/model';
import { z } from 'zod';
import { parseTime } from '../history/query.ts';
import type { History } from '../history/history.ts';
import { captureImage } from '../images/capture.ts';
import type { Kernel } from '../kernel.ts';
import type { Rehearse } from '../rehearsal/client.ts';
import { BACKTEST_DAYS_MAX, FIRINGS_MAX, FORECAST_HOURS_DEFAULT } from '../rehearsal/limits.ts';
import type { Coming, Forecast } from '../rehearsal/messages.ts';
import { membership } from '../state/parts.ts';
import type { BacktestAnswer, FiringView, ForecastEntry } from '../views.ts';
import { parseRule } from './rule-body.ts';
import { parseBody } from './validate.ts';

const HOUR_MS = 3_600_000;
const iso = (at: number): string => new Date(at).toISOString();

const ruleOrId = z.union([z.string(), z.looseObject({})], 'expected an automation, or the id of one');
const bodySchema = z.strictObject({
  automation: ruleOrId,
  from: z.string(),
  to: z.string(),
  compare: ruleOrId.optional(),
  closedLoop: z.boolean().optional(),
});

export interface RehearsalSources {
  readonly kernel: Kernel;
  readonly history: History;
  /** The data folder. */
  readonly folder: string;
  readonly rehearse: Rehearse;
}

export function rehearsalService(sources: RehearsalSources) {
  const { machine, scheduler, journal } = sources.kernel;
  const { registry } = machine;

  const ruleOf = async (asked: unknown, field: string): Promise<Rule> => {
    if (typeof asked === 'string') {
      const rule = registry.get('automations', asked);
      if (rule !== null) return { ...rule, enabled: true };
      throw new HubError('NOT_FOUND', `there is no automation ${JSON.stringify(asked.slice(0, 64))}`, {
        pointer: `/${field}`,
      });
    }
    const { id } = asked as { id?: unknown };
    const parsed = await parseRule(asked, typeof id === 'string' && id !== '' ? id : 'draft', `/${field}`);
    return { ...parsed, enabled: true };
  };

  return {
    backtest: async (body: unknown): Promise<BacktestAnswer> => {
      const asked = parseBody(bodySchema, body);
      const from = instantOf(asked.from, 'from');
      const to = instantOf(asked.to, 'to');
      if (from >= to) throw new HubError('BAD_VALUE', 'expected a time before `to`', { pointer: '/from' });
      if (to - from > BACKTEST_DAYS_MAX * 24 * HOUR_MS)
        throw new HubError('BAD_VALUE', `expected at most ${BACKTEST_DAYS_MAX} days`, { pointer: '/from' });
      const rule = await ruleOf(asked.automation, 'automation');
      const compare = asked.compare === undefined ? null : await ruleOf(asked.compare, 'compare');
      if (sources.history.failure !== null) throw new HubError('STORAGE_FAILED', sources.history.failure);
      await sources.history.flush();
      const result = await sources.rehearse<BacktestResult>({
        kind: 'backtest',
        folder: sources.folder,
        rule,
        compare,
        documents: registry.export().filter(({ collection }) => TARGETS.has(collection)),
        devices: membership(machine, scheduler.now()).map(({ id, kind, room, endpoints }) => ({
          id,
          kind,
          room,
          endpoints,
        })),
        from,
        to: Math.min(to, scheduler.now()),
        closedLoop: asked.closedLoop ?? false,
      });
      return answerOf(result);
    },
    forecast: async (hours = FORECAST_HOURS_DEFAULT): Promise<readonly ForecastEntry[]> => {
      const now = scheduler.now();
      const image = captureImage(machine, journal.last, now);
      const until = now + hours * HOUR_MS;
      const { coming, cutAt } = await sources.rehearse<Forecast>({ kind: 'forecast', image, until });
      const entries = coming.map((each) => entryOf(each, registry.get('automations', each.rule ?? '')?.name));
      return cutAt === null ? entries : [...entries, { at: iso(cutAt), kind: 'more', text: 'more is to come' }];
    },
  };
}

const TARGETS: ReadonlySet<string> = new Set(['home', 'rooms', 'groups', 'scenes', 'devices']);

function instantOf(text: string, field: string): number {
  try {
    return parseTime(text, field);
  } catch (error) {
    throw new HubError('BAD_VALUE', (error as Error).message, { pointer: `/${field}` });
  }
}

function answerOf({ firings, divergesAt }: BacktestResult): BacktestAnswer {
  const told = firings.slice(0, FIRINGS_MAX).map(({ at, cause, commands, only }): FiringView => ({
    at: iso(at),
    cause,
    commands: commands.map(commandView),
    ...(only !== undefined && { only }),
  }));
  const answer = { firings: told, divergesAt: divergesAt === null ? null : iso(divergesAt) };
  return firings.length > FIRINGS_MAX ? { ...answer, truncated: true } : answer;
}

/** A command as the API shows it: times and durations as text. */
function commandView({ at, transition, for: hold, ...rest }: Command): Readonly<Record<string, unknown>> {
  return {
    ...rest,
    at: iso(at),
    ...(typeof transition === 'number' && { transition: formatDuration(transition) }),
    ...(typeof hold === 'number' && { for: formatDuration(hold) }),
  };
}

function entryOf({ at, kind, rule, run, texts }: Coming, name: string | undefined): ForecastEntry {
  const whose = rule === null ? {} : { automation: rule, name: name ?? rule };
  return { at: iso(at), kind, ...whose, ...(kind === 'run' && { run }), text: texts.join('; ') };
}
