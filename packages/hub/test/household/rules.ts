// Small rules for the homes of these tests, and what they are told.

import { RULE_DEFAULTS, type HubError, type Rule } from '@lintel/model';
import { SYSTEM } from '../../src/kernel.ts';
import type { TestHome } from '../home.ts';

export const LAMP = 'virtual:lamp';
export const MOTION = 'virtual:motion';

export async function addRule(
  home: TestHome,
  rule: Pick<Rule, 'id' | 'triggers' | 'actions'> & Partial<Rule>,
): Promise<void> {
  const value: Rule = { ...RULE_DEFAULTS, ...rule };
  await home.kernel.commit([{ collection: 'automations', id: rule.id, value }], SYSTEM);
}

export const heard = (home: TestHome, event: string): void =>
  void home.submit({ kind: 'event', body: { device: null, event, data: {} } });

export const on = (event: string): Rule['triggers'] => [{ kind: 'event', event }];

/** What each lamp was told to set, as text. */
export const told = (home: TestHome): string[] =>
  home.told.map(
    ({ device, command }) => `${device} ${'set' in command ? JSON.stringify(command.set) : command.command}`,
  );

/** What someone who asks for something is told when it is refused. */
export async function refusal(work: () => Promise<unknown>): Promise<HubError> {
  try {
    await work();
  } catch (error) {
    return error as HubError;
  }
  throw new Error('it was not refused');
}
