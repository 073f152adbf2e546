// Why something is as it is: from a property's value back over the command and the run to the input that began it.

import { HubError, splitDeviceRef, propertyKey, type Origin, type Rule, type Value } from '@lintel/model';
import { notFound } from '../dispatch/resolve.ts';
import type { History } from '../history/history.ts';
import { parseTime } from '../history/query.ts';
import type { Kernel } from '../kernel.ts';
import { propertyKeys } from '../state/device-view.ts';
import type { RunTrace, WhyAnswer, WhyLink, WhyQuery } from '../views.ts';
import { chainFrom } from './chains.ts';
import { LOOK_BACK_MS, readingsOf } from './readings.ts';
import type { RuleVersion } from './rule-versions.ts';
import { candidatesFor, type StoppedBy } from './why-not.ts';

interface Sources {
  readonly kernel: Kernel;
  readonly history: History;
  /** A rule as it was at some time, newest first. */
  readonly versionsOf: (rule: string) => Promise<readonly Pick<RuleVersion, 'at' | 'rule'>[]>;
}

export function whyService(kernel: Kernel, history: History, versionsOf: Sources['versionsOf']) {
  const sources = { kernel, history, versionsOf };
  return async ({ device, property, automation, expected, at: asked }: WhyQuery): Promise<WhyAnswer> => {
    const then = asked === undefined ? null : parseTime(asked, 'at');
    const at = then !== null && then < kernel.scheduler.now() ? then : null;
    if (automation !== undefined && device === undefined) return whyAutomation(sources, automation, at);
    if (device !== undefined && property !== undefined) {
      const answer = await whyProperty(sources, device, property, at);
      if (expected === undefined) return answer;
      const { device: id, key } = locate(sources, device, property);
      const stopped: StoppedBy = (rule, run) => stoppedBy(sources, rule, run);
      return {
        ...answer,
        candidates: await candidatesFor(kernel, { device: id, property: key, value: expected }, at, stopped),
      };
    }
    throw new HubError('BAD_VALUE', 'ask for a device and a property, or for an automation');
  };
}

function locate({ kernel: { machine } }: Sources, ref: string, property: string): { device: string; key: string } {
  const { device, endpoint } = splitDeviceRef(ref);
  const endpoints = machine.registry.get('devices', device)?.description.endpoints;
  if (endpoints === undefined) throw notFound('device', ref);
  const [plain = '', at] = property.split('@');
  const where = at ?? endpoint;
  const key = where === null ? plain : propertyKey(endpoints, where, plain);
  if (propertyKeys(endpoints).includes(key)) return { device, key };
  throw new HubError('UNKNOWN_PROPERTY', `${ref} has no property ${JSON.stringify(property.slice(0, 100))}`);
}

async function whyProperty(sources: Sources, ref: string, property: string, at: number | null): Promise<WhyAnswer> {
  const { device, key } = locate(sources, ref, property);
  const entry = sources.kernel.machine.properties.device(device)?.properties.get(key);
  if (at === null || (entry !== undefined && entry.changedAt <= at)) {
    return { value: entry?.value ?? null, chain: entry === undefined ? [] : chainFrom(sources.kernel, entry.cause) };
  }
  const series = { kind: 'property', device, name: key } as const;
  const { samples, before } = await sources.history.samples(series, at - LOOK_BACK_MS, at + 1);
  const all = before === null ? samples : [before, ...samples];
  const change = all.findLast(({ value }, index) => index === 0 || value !== all[index - 1]!.value);
  if (change === undefined) return { value: null, chain: [] };
  return { value: change.value as Value, chain: chainFrom(sources.kernel, change.sequence) };
}

async function whyAutomation(sources: Sources, id: string, at: number | null): Promise<WhyAnswer> {
  const { registry, runs } = sources.kernel.machine;
  const rule = registry.get('automations', id);
  if (rule === null) throw notFound('automation', id);
  const run = runs.list(id).find((each) => at === null || Date.parse(each.at) <= at);
  if (run === undefined) return { value: null, chain: [] };
  const name = rule.name ?? id;
  const origin: Origin = { kind: 'automation', id, name };
  const text = `${name}: ${OUTCOMES[run.outcome] ?? run.outcome}`;
  const link: WhyLink = { sequence: 0, at: run.at, kind: 'run', origin, text };
  const chain = [link, ...chainFrom(sources.kernel, run.cause)];
  const condition = await stoppedBy(sources, rule, run);
  return condition === null ? { value: run.outcome, chain } : { value: run.outcome, chain, condition };
}

/** The condition that did not hold, of the rule as it was then, with the values that it read then. */
async function stoppedBy(
  { kernel, history, versionsOf }: Sources,
  rule: Rule,
  { at, cause, outcome, pointer }: RunTrace,
): Promise<NonNullable<WhyAnswer['condition']> | null> {
  if (outcome !== 'conditions' || pointer === undefined) return null;
  const versions = await versionsOf(rule.id);
  const then = versions.find((each) => each.at <= at)?.rule ?? rule;
  const condition = then.conditions?.[Number(pointer.split('/')[2])];
  if (condition === undefined) return { pointer, values: [] };
  return { pointer, values: await readingsOf(kernel, history, condition, { at: Date.parse(at), sequence: cause }) };
}

const OUTCOMES: Readonly<Record<string, string>> = {
  running: 'is running',
  finished: 'ran to its end',
  stopped: 'ran and stopped',
  cancelled: 'was cancelled',
  dropped: 'was already running',
  conditions: 'did not run, since a condition did not hold',
  fuel: 'was stopped, since it did too much at once',
  cascade: 'was stopped, since automations went on starting one another',
};
