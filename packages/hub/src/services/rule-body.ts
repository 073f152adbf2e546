// A rule as someone wrote it, checked by the engine before anything is journaled.

import { checkRule, createEngine, RuleError } from '@lintel/engine';
import { HubError, type Rule } from '@lintel/model';
import { NOWHERE } from '../state/core.ts';

/**
 * @param pointer to the rule in the body of the request
 * @throws HubError BAD_RULE with the engine's pointer, or BAD_VALUE where the id disagrees with the address
 */
export async function parseRule(body: unknown, id: string, pointer = ''): Promise<Rule> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new HubError('BAD_RULE', 'expected an automation: an object with triggers and actions', { pointer });
  }
  const { author: _author, version: _version, ...written } = body as Record<string, unknown>;
  if (written['id'] !== undefined && written['id'] !== id) {
    throw new HubError('BAD_VALUE', `the id in the body is not ${JSON.stringify(id)}`, { pointer: `${pointer}/id` });
  }
  try {
    const rule = checkRule({ ...written, id });
    await tryOut(rule);
    return rule;
  } catch (error) {
    if (error instanceof RuleError) throw new HubError('BAD_RULE', error.message, { pointer: pointer + error.pointer });
    throw error;
  }
}

/** What has the right shape may still be too large or not compile; that is found before it is journaled. */
async function tryOut(rule: Rule): Promise<void> {
  const engine = await createEngine({ rules: [rule], home: NOWHERE, startAt: 0, strict: false });
  engine.close();
}
