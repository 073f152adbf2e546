// Rules looked at together, before any runs: the saved ones, and drafts in the place of those they would replace.

import type { HomeNames } from '@lintel/engine';
import { HubError, type Rule } from '@lintel/model';
import { z } from 'zod';
import type { Kernel } from '../kernel.ts';
import type { Rehearse } from '../rehearsal/client.ts';
import { CHECK_DRAFTS_MAX, PROBLEMS_MAX } from '../rehearsal/limits.ts';
import type { CheckResult } from '../rehearsal/messages.ts';
import type { Registry } from '../registry/registry.ts';
import { homeForCore, membership } from '../state/parts.ts';
import type { CheckAnswer } from '../views.ts';
import { readRule } from './rule-body.ts';
import { parseBody } from './validate.ts';

const bodySchema = z.strictObject({
  rules: z.array(z.looseObject({})).max(CHECK_DRAFTS_MAX, `at most ${CHECK_DRAFTS_MAX} automations`).optional(),
});

export function ruleCheckService({ machine, scheduler }: Kernel, rehearse: Rehearse) {
  return {
    check: async (body: unknown): Promise<CheckAnswer> => {
      const { registry } = machine;
      const drafts = (parseBody(bodySchema, body).rules ?? []).map(draftOf);
      const { problems } = await rehearse<CheckResult>({
        kind: 'check',
        rules: inPlace(registry.list('automations'), drafts),
        home: homeForCore(registry),
        devices: membership(machine, scheduler.now()).map(({ id, name, kind, room, endpoints }) => ({
          id,
          name,
          kind,
          room,
          endpoints,
        })),
        names: namesOf(registry),
      }).catch((error: unknown) => {
        throw located(error, drafts);
      });
      if (problems.length <= PROBLEMS_MAX) return { problems };
      return { problems: problems.slice(0, PROBLEMS_MAX), truncated: true };
    },
  };
}

function namesOf(registry: Registry): HomeNames {
  const ids = (collection: 'rooms' | 'groups' | 'scenes' | 'people' | 'schedules' | 'variables'): string[] =>
    registry.list(collection).map(({ id }) => id);
  return {
    rooms: ids('rooms'),
    floors: registry.list('rooms').flatMap(({ floor }) => floor ?? []),
    groups: ids('groups'),
    scenes: ids('scenes'),
    people: ids('people'),
    schedules: ids('schedules'),
    variables: ids('variables'),
    automations: [],
  };
}

/** A draft that has no id yet is told of by one made from its place. */
function draftOf(raw: Readonly<Record<string, unknown>>, index: number): Rule {
  const { author: _author, version: _version, ...written } = raw;
  const id = written['id'] ?? (index === 0 ? 'draft' : `draft-${index + 1}`);
  return readRule({ ...written, id }, `/rules/${index}`);
}

function inPlace(saved: readonly Rule[], drafts: readonly Rule[]): Rule[] {
  const byId = new Map<string, Rule>();
  for (const rule of [...saved, ...drafts]) byId.set(rule.id, rule);
  return [...byId.values()];
}

/** What has the right shape may still not compile; the pointer then leads into the request. */
function located(error: unknown, drafts: readonly Rule[]): unknown {
  if (!(error instanceof HubError) || error.code !== 'BAD_RULE') return error;
  const index = drafts.findLastIndex(({ id }) => id === error.extra?.['rule']);
  if (index === -1) return error;
  return new HubError('BAD_RULE', error.message, { pointer: `/rules/${index}${error.pointer ?? ''}` });
}
