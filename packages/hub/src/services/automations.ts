// Rules as people keep them: checked by the engine before they are journaled, every version kept.

import { checkRule, RuleError } from '@lintel/engine';
import { HubError, RULE_DEFAULTS, type Origin, type Rule } from '@lintel/model';
import type { Kernel } from '../kernel.ts';
import { RULES_MAX } from '../limits.ts';
import type { Store } from '../store/store.ts';
import { parseBody, idSchema } from './validate.ts';

export function automationService(kernel: Kernel, store: Store) {
  const { machine } = kernel;
  const { registry } = machine;

  const get = (id: string): Rule => {
    const rule = registry.get('automations', id);
    if (rule === null) throw new HubError('NOT_FOUND', `there is no automation ${JSON.stringify(id.slice(0, 64))}`);
    return rule;
  };

  const put = async (body: unknown, id: string, author: string, by: Origin): Promise<Rule> => {
    const checked = checkBody(body, id);
    const before = registry.get('automations', id);
    const rule: Rule = { ...RULE_DEFAULTS, ...checked, id, author, version: (before?.version ?? 0) + 1 };
    await kernel.commit([{ collection: 'automations', id, value: rule }], by);
    return rule;
  };

  const versions = async (id: string) => {
    const rows = await store.all(
      'SELECT version, at, origin, body FROM rule_versions WHERE rule = ? ORDER BY version DESC',
      [id],
    );
    if (rows.length === 0) get(id);
    return rows.map((row) => ({
      version: Number(row['version']),
      at: new Date(Number(row['at'])).toISOString(),
      by: JSON.parse(String(row['origin'])) as Origin,
      rule: JSON.parse(String(row['body'])) as Rule,
    }));
  };

  return {
    list: (): readonly Rule[] => registry.list('automations'),
    get,
    create: (body: unknown, author: string, by: Origin): Promise<Rule> => {
      const asked = (body as { id?: unknown } | null)?.id;
      const id = asked === undefined ? kernel.newId() : parseBody(idSchema, asked, '/id');
      if (registry.get('automations', id) !== null) {
        throw new HubError('ID_TAKEN', `there is an automation ${JSON.stringify(id)} already`, { pointer: '/id' });
      }
      if (registry.list('automations').length >= RULES_MAX)
        throw new HubError('TOO_LARGE', `a home has at most ${RULES_MAX} automations`);
      return put(body, id, author, by);
    },
    replace: (id: string, body: unknown, author: string, by: Origin): Promise<Rule> => {
      get(id);
      return put(body, id, author, by);
    },
    remove: async (id: string, by: Origin): Promise<void> => {
      get(id);
      await kernel.commit([{ collection: 'automations', id, value: null }], by);
    },
    enable: async (id: string, enabled: boolean, by: Origin): Promise<Rule> => {
      const rule = get(id);
      if ((rule.enabled ?? true) === enabled) return rule;
      return put({ ...rule, enabled }, id, rule.author ?? by.id ?? '', by);
    },
    run: async (id: string, by: Origin): Promise<{ run: number | null }> => {
      get(id);
      const before = new Set(machine.runs.list(id).map(({ run }) => run));
      const { sequence } = kernel.submit({ kind: 'run', body: { rule: id } }, by);
      await kernel.journal.synced(sequence, true);
      const started = machine.runs.list(id).find(({ run, cause }) => cause === sequence && !before.has(run));
      return { run: started === undefined || started.run === 0 ? null : started.run };
    },
    runs: (id: string) => {
      get(id);
      return machine.runs.list(id);
    },
    versions,
    restore: async (id: string, version: number, author: string, by: Origin): Promise<Rule> => {
      const found = (await versions(id)).find((each) => each.version === version);
      if (found === undefined) throw new HubError('NOT_FOUND', `there is no version ${version} of this automation`);
      return put(found.rule, id, author, by);
    },
  };
}

/** @throws HubError BAD_RULE with the engine's pointer */
function checkBody(body: unknown, id: string): Rule {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new HubError('BAD_RULE', 'expected an automation: an object with triggers and actions', { pointer: '' });
  }
  const { author: _, version: __, ...written } = body as Record<string, unknown>;
  if (written['id'] !== undefined && written['id'] !== id) {
    throw new HubError('BAD_VALUE', `the id in the body is not ${JSON.stringify(id)}`, { pointer: '/id' });
  }
  try {
    return checkRule({ ...written, id });
  } catch (error) {
    if (error instanceof RuleError) throw new HubError('BAD_RULE', error.message, { pointer: error.pointer });
    throw error;
  }
}
