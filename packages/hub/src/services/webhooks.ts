// Calls from outside that rules wait for. Only a key that some rule names is taken, and none too often: anyone may call.

import { HubError, type Rule, type Values } from '@lintel/model';
import type { Kernel } from '../kernel.ts';
import { SYSTEM } from '../kernel.ts';

const CALLS_A_MINUTE_MAX = 60;
const MINUTE_MS = 60_000;
const KEYS_COUNTED_MAX = 1_000;

export function webhookService(kernel: Kernel) {
  const { registry } = kernel.machine;
  const calls = new Map<string, number[]>();

  const requireCalm = (key: string): void => {
    const now = kernel.scheduler.now();
    const lately = (calls.get(key) ?? []).filter((at) => now - at < MINUTE_MS);
    if (lately.length >= CALLS_A_MINUTE_MAX) {
      const retryAfterSeconds = Math.ceil((lately[0]! + MINUTE_MS - now) / 1_000);
      throw new HubError('TOO_MANY_ATTEMPTS', 'this webhook is called too often', { retryAfterSeconds });
    }
    if (calls.size >= KEYS_COUNTED_MAX) calls.clear();
    calls.set(key, [...lately, now]);
  };

  /** Resolves once the call is durable. */
  return async (key: string, data: Values): Promise<void> => {
    if (!registry.list('automations').some((rule) => hears(rule, key)))
      throw new HubError('NOT_FOUND', 'no automation waits for this webhook');
    requireCalm(key);
    const { sequence } = kernel.submit({ kind: 'webhook', body: { webhook: key, data } }, SYSTEM);
    await kernel.journal.synced(sequence, true);
  };
}

/** Whether a trigger, or a wait's, has this webhook. */
function hears(rule: Rule, key: string): boolean {
  const walk = (part: unknown): boolean => {
    if (typeof part !== 'object' || part === null) return false;
    const { kind, webhook } = part as Readonly<Record<string, unknown>>;
    return (kind === 'webhook' && webhook === key) || Object.values(part).some(walk);
  };
  return walk(rule.triggers) || walk(rule.actions);
}
