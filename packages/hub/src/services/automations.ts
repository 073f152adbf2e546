// Rules as people keep them: made, replaced, switched on and off, run by hand, brought back.

import { HubError, RESERVED_RULE_IDS, RULE_DEFAULTS, type Origin, type Rule } from '@lintel/model';
import type { Kernel } from '../kernel.ts';
import { RULES_MAX } from '../limits.ts';
import { parseRule } from './rule-body.ts';
import type { RuleVersion } from './rule-versions.ts';
import { idSchema, parseBody } from './validate.ts';

function readId(raw: unknown): string {
  const id = parseBody(idSchema, raw, '/id');
  if (!RESERVED_RULE_IDS.includes(id)) return id;
  throw new HubError('ID_TAKEN', `${JSON.stringify(id)} is an address of its own beside the automations`, {
    pointer: '/id',
  });
}

export function automationService(kernel: Kernel, versionsOf: (rule: string) => Promise<readonly RuleVersion[]>) {
  const { registry, runs } = kernel.machine;

  const get = (id: string): Rule => {
    const rule = registry.get('automations', id);
    if (rule === null) throw new HubError('NOT_FOUND', `there is no automation ${JSON.stringify(id.slice(0, 64))}`);
    return rule;
  };

  /** The version that a rule had last, also before it was deleted; its numbers go on from there. */
  const lastVersion = async (id: string): Promise<number> => (await versionsOf(id))[0]?.version ?? 0;

  const keep = async (parsed: Rule, id: string, author: string, by: Origin, before = 0): Promise<Rule> => {
    const version = (registry.get('automations', id)?.version ?? before) + 1;
    const rule: Rule = { ...RULE_DEFAULTS, ...parsed, author, version };
    await kernel.commit([{ collection: 'automations', id, value: rule }], by);
    return rule;
  };

  const create = async (body: unknown, author: string, by: Origin): Promise<Rule> => {
    const asked = (body as { id?: unknown } | null)?.id;
    const id = asked === undefined ? kernel.newId() : readId(asked);
    const parsed = await parseRule(body, id);
    const before = asked === undefined ? 0 : await lastVersion(id);
    if (registry.get('automations', id) !== null) {
      throw new HubError('ID_TAKEN', `there is an automation ${JSON.stringify(id)} already`, { pointer: '/id' });
    }
    if (registry.list('automations').length >= RULES_MAX) {
      throw new HubError('TOO_LARGE', `a home has at most ${RULES_MAX} automations`);
    }
    return keep(parsed, id, author, by, before);
  };

  const run = async (id: string, by: Origin): Promise<{ run: number | null }> => {
    get(id);
    const before = new Set(runs.list(id));
    const { sequence } = kernel.submit({ kind: 'run', body: { rule: id } }, by);
    await kernel.journal.synced(sequence, true);
    const started = runs.list(id).find((each) => !before.has(each) && each.cause === sequence && each.run > 0);
    return { run: started?.run ?? null };
  };

  return {
    list: (): readonly Rule[] => registry.list('automations'),
    get,
    create,
    replace: async (id: string, body: unknown, author: string, by: Origin): Promise<Rule> => {
      get(id);
      return keep(await parseRule(body, id), id, author, by);
    },
    remove: async (id: string, by: Origin): Promise<void> => {
      get(id);
      await kernel.commit([{ collection: 'automations', id, value: null }], by);
    },
    enable: async (id: string, enabled: boolean, by: Origin): Promise<Rule> => {
      const rule = get(id);
      if ((rule.enabled ?? true) === enabled) return rule;
      const switched: Rule = { ...rule, enabled };
      await kernel.commit([{ collection: 'automations', id, value: switched }], by);
      return switched;
    },
    /** Puts a rule as it is into someone else's name. */
    adopt: async (id: string, author: string, by: Origin): Promise<Rule> => keep(get(id), id, author, by),
    run,
    versions: async (id: string): Promise<readonly RuleVersion[]> => {
      const versions = await versionsOf(id);
      if (versions.length === 0) get(id);
      return versions;
    },
    restore: async (id: string, version: number, author: string, by: Origin): Promise<Rule> => {
      const versions = await versionsOf(id);
      const found = versions.find((each) => each.version === version);
      if (found === undefined) throw new HubError('NOT_FOUND', `there is no version ${version} of this automation`);
      return keep(await parseRule(found.rule, id), id, author, by, versions[0]!.version);
    },
  };
}
