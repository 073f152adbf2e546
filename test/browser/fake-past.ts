// The fake hub's answers about what was: history, why, the runs of a rule, and what a rule would have done.

import type { Rule } from '@lintel/model';
import { list, MISSING, ok, type Answer, type Request } from './fake-answers.ts';

const HOUR_MS = 3_600_000;
const ago = (hours: number): string => new Date(Date.now() - hours * HOUR_MS).toISOString();

/** A day's wave for numbers, a few changes for the rest. */
function history({ hub, query }: Request): Answer | null {
  const device = hub.devices.get(query.get('device') ?? '');
  const property = query.get('property') ?? '';
  if (device === undefined || !(property in device.properties)) return null;
  const now = device.properties[property]!.value;
  const from = Date.parse(query.get('from') ?? ago(24));
  const to = Date.parse(query.get('to') ?? ago(0));
  if (typeof now !== 'number') {
    const other = typeof now === 'boolean' ? !now : 'other';
    const at = [0.2, 0.55, 0.9].map((share) => new Date(from + (to - from) * share).toISOString());
    return ok({
      points: [
        [at[0], now],
        [at[1], other],
        [at[2], now],
      ],
      before: [ago(30), other],
    });
  }
  const points = Array.from({ length: 96 }, (_, step) => {
    const at = new Date(from + ((to - from) * step) / 96).toISOString();
    const mean = now + Math.sin(step / 9) * Math.max(1, now * 0.1);
    return [at, mean - 0.4, mean, mean + 0.4];
  });
  return ok({ points, before: null });
}

function why({ query }: Request): Answer {
  const automation = query.get('automation');
  const link = (sequence: number, kind: string, text: string, origin: object) => ({
    sequence,
    at: ago(1),
    kind,
    origin,
    text,
  });
  if (automation !== null) {
    return ok({
      value: 'conditions',
      chain: [
        link(0, 'run', 'Hall night light: did not run, since a condition did not hold', {
          kind: 'automation',
          id: automation,
        }),
        link(41, 'report', 'Hall motion: Motion', { kind: 'device' }),
      ],
      condition: {
        pointer: '/conditions/0',
        values: [
          { device: 'virtual:hall-motion', property: 'occupancy.occupied', value: true },
          { kind: 'mode', value: 'night' },
          { kind: 'presence', name: 'ada', value: null },
        ],
      },
    });
  }
  return ok({
    value: true,
    chain: [
      link(44, 'report', 'Sofa lamp turned on', { kind: 'device' }),
      link(43, 'command', 'Turn on Sofa lamp', {
        kind: 'automation',
        id: 'hall-night-light',
        name: 'Hall night light',
      }),
      link(41, 'report', 'Hall motion: Motion', { kind: 'device' }),
    ],
  });
}

const RUNS = [
  {
    run: 7,
    at: ago(2),
    trigger: 'motion',
    outcome: 'finished',
    cause: 40,
    commands: [
      { sequence: 43, at: ago(2), text: 'Turn on Hall lamp' },
      { sequence: 46, at: ago(1.9), text: 'Turn off Hall lamp' },
    ],
  },
  {
    run: 8,
    at: ago(0.01),
    trigger: 'motion',
    outcome: 'running',
    cause: 50,
    commands: [{ sequence: 51, at: ago(0.009), text: 'Turn on Hall lamp' }],
  },
  { run: 6, at: ago(5), trigger: 'motion', outcome: 'conditions', pointer: '/conditions/0', cause: 31, commands: [] },
];

/** One run with what led to it; the newest still waits. */
function runDetail(run: string): Answer {
  const found = RUNS.find((each) => String(each.run) === run);
  if (found === undefined) return MISSING;
  const waits = found.outcome === 'running' ? [{ pointer: '/actions/1', kind: 'condition', until: ago(-0.05) }] : [];
  const causes = [
    { sequence: found.cause, at: found.at, kind: 'report', origin: { kind: 'device' }, text: 'Hall motion: Motion' },
  ];
  return ok({ ...found, waits, causes });
}

/** What hangs below one rule; null where the path is not about the past. */
export function rulePast({ path, hub }: Request, rule: Rule): Answer | null {
  if (path[2] === 'runs') return path[3] === undefined ? list(RUNS) : runDetail(path[3]);
  if (path[2] !== 'versions') return null;
  const versions = [
    { version: 2, at: ago(3), by: { kind: 'user', name: 'Ada' }, rule },
    { version: 1, at: ago(70), by: { kind: 'user', name: 'Ada' }, rule: { ...rule, name: `${rule.name} (old)` } },
  ];
  const wanted = versions.find(({ version }) => String(version) === path[3]);
  if (path[4] !== 'restore') return list(versions);
  if (wanted === undefined) return null;
  hub.rules.set(rule.id, wanted.rule);
  hub.broadcast({ topic: 'automation', id: rule.id, automation: wanted.rule });
  return ok(wanted.rule);
}

export function backtest(): Answer {
  return ok({
    firings: [
      {
        at: ago(30),
        cause: 12,
        commands: [{ kind: 'set', target: { device: 'virtual:hall-lamp' }, values: { 'onOff.on': true } }],
      },
      {
        at: ago(6),
        cause: 19,
        commands: [{ kind: 'set', target: { device: 'virtual:hall-lamp' }, values: { 'onOff.on': false } }],
        only: 'new',
      },
    ],
    divergesAt: ago(6),
  });
}

export const forecast = (): Answer =>
  list([{ at: ago(-3), kind: 'run', automation: 'morning', name: 'Slow morning', run: 12, text: 'runs: it is 06:45' }]);

export const PAST_ROUTES: Readonly<Record<string, (request: Request) => Answer | null>> = { history, why };
