// A rule as someone wrote it, checked by the engine before anything is journaled.

import { checkRule, createEngine, RuleError } from '@lintel/engine';
import { HubError, type Rule } from '@lintel/model';
import { NOWHERE } from '../state/core.ts';
import { nameSchema, parseBody } from './validate.ts';

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
  const rule = readRule({ ...written, id }, pointer);
  try {
    await tryOut(rule);
  } catch (error) {
    throw located(error, pointer);
  }
  return rule;
}

/** The shape of a rule, and its name, which is bounded as every name in the home is. */
export function readRule(written: unknown, pointer: string): Rule {
  try {
    const rule = checkRule(written);
    if (rule.name !== undefined && rule.name !== '') parseBody(nameSchema, rule.name, `${pointer}/name`);
    return rule;
  } catch (error) {
    throw located(error, pointer);
  }
}

function located(error: unknown, pointer: string): unknown {
  if (!(error instanceof RuleError)) return error;
  return new HubError('BAD_RULE', error.message, { pointer: pointer + error.pointer });
}

/** What has the right shape may still be too large or not compile; that is found before it is journaled. */
async function tryOut(rule: Rule): Promise<void> {
  const engine = await createEngine({ rules: [rule], home: NOWHERE, startAt: 0, strict: false });
  engine.close();
}
