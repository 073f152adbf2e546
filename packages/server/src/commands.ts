// Commands to devices, rooms and groups, from HTTP and the socket alike: what the caller may, what a person must confirm, and
// how many sensitive ones fit into a minute.

import { createHash } from 'node:crypto';
import type { CommandAnswer, Hub, Scheduler } from '@lintel/hub';
import { HubError, TAKEN_BACK_BY } from '@lintel/model';
import { z } from 'zod';
import type { Audit } from './audit.ts';
import {
  authorize,
  authorizeCommand,
  authorizeEndpoints,
  originOf,
  requireVisible,
  type Identity,
} from './authorize.ts';
import { makeId, type RandomBytes } from './identity/secrets.ts';
import { CONFIRM_WITHIN_MS, CONFIRMATIONS_MAX, SENSITIVE_COMMANDS_MAX, SENSITIVE_WINDOW_MS } from './limits.ts';
import { duration, value } from './schemas/fields.ts';

export type CommandTarget = { readonly device: string } | { readonly room: string } | { readonly group: string };

export const commandFields = {
  set: z.record(z.string().max(200), value).optional().describe('values by property, such as {"onOff.on": true}'),
  command: z.string().min(1).max(100).optional().describe('such as "lock.unlock"'),
  args: z.record(z.string().max(200), z.unknown()).optional(),
  endpoint: z.string().max(32).optional(),
  transition: duration.optional(),
  for: duration.optional().describe('goes back then, unless someone changed it since'),
  confirm: z.string().max(100).optional().describe('what the answer 428 gave'),
};

export const commandBody = z.strictObject(commandFields).superRefine(refineCommand);
export type CommandBody = z.output<typeof commandBody>;

/** Either a target or a named command, and no more than belongs to it. */
export function refineCommand(
  body: { set?: unknown; command?: unknown; args?: unknown; transition?: unknown },
  context: z.core.$RefinementCtx,
): void {
  const issue = (path: string[], message: string): void => context.addIssue({ code: 'custom', path, message });
  if (body.set === undefined && body.command === undefined) issue([], 'give either "set" or "command"');
  if (body.set !== undefined && body.command !== undefined) issue(['command'], 'give either "set" or "command"');
  if (body.set !== undefined && Object.keys(body.set as object).length === 0)
    issue(['set'], 'name at least one property');
  if (body.set === undefined && body.transition !== undefined) issue(['transition'], 'only with "set"');
  if (body.command === undefined && body.args !== undefined) issue(['args'], 'only with "command"');
}

interface Confirmation {
  readonly asked: string;
  readonly until: number;
}

export class Commander {
  readonly #hub: Hub;
  readonly #clock: Scheduler;
  readonly #random: RandomBytes;
  readonly #audit: Audit;
  readonly #confirmations = new Map<string, Confirmation>();
  readonly #sensitive = new Map<string, number[]>();

  constructor(hub: Hub, clock: Scheduler, random: RandomBytes, audit: Audit) {
    this.#hub = hub;
    this.#clock = clock;
    this.#random = random;
    this.#audit = audit;
  }

  /**
   * Sends a command for a caller and waits for its outcome; the world's faults are answers, not errors.
   * @throws HubError FORBIDDEN, NOT_FOUND, CONFIRMATION_REQUIRED, TOO_MANY_ATTEMPTS, and what the hub refuses
   */
  async send(identity: Identity, on: CommandTarget, { confirm, ...body }: CommandBody): Promise<CommandAnswer> {
    authorize(identity, 'device' in on ? 'guest' : 'resident');
    const asked = body as { set?: object; command?: string; endpoint?: string };
    if ('device' in on) {
      const device = requireVisible(identity, on.device, (id) => this.#hub.devices.get(id));
      authorizeEndpoints(identity, device, on.device, asked);
    }
    const back = body.for === undefined ? undefined : takenBackBy(body.command);
    for (const each of [asked, ...(back === undefined ? [] : [{ command: back }])]) authorizeCommand(identity, each);
    const names = body.command === undefined ? Object.keys(body.set ?? {}).map(withoutEndpoint) : [body.command];
    if (back !== undefined) names.push(back);
    const confirmed = this.#hub.home()?.confirm ?? [];
    if (names.some((name) => confirmed.includes(name))) this.#requireConfirmed(identity, { on, body }, confirm);
    const sensitive = names.filter((name) => isSensitive(name) || confirmed.includes(name));
    if (sensitive.length > 0) await this.#noteSensitive(identity, on, sensitive);
    return this.#hub.command({ on, body }, originOf(identity));
  }

  /** Before it is sent, so that none goes out unnoted. */
  async #noteSensitive(identity: Identity, on: CommandTarget, names: readonly string[]): Promise<void> {
    this.#countSensitive(identity.user.id);
    const action = `${names.join(', ')} ${Object.values(on).join('')}`;
    await this.#audit.note({ identity, address: null, action, status: 200 });
  }

  /** A confirmation is good once, for the same command of the same session, within half a minute. */
  #requireConfirmed(identity: Identity, command: unknown, confirm: string | undefined): void {
    const asked = fingerprint([identity.kind, identity.id, command]);
    const now = this.#clock.now();
    const given = confirm === undefined ? undefined : this.#confirmations.get(confirm);
    if (given?.asked === asked && now < given.until) {
      this.#confirmations.delete(confirm!);
      return;
    }
    const key = makeId(this.#random);
    this.#confirmations.set(key, { asked, until: now + CONFIRM_WITHIN_MS });
    if (this.#confirmations.size > CONFIRMATIONS_MAX)
      this.#confirmations.delete(this.#confirmations.keys().next().value!);
    const detail = 'This must be confirmed: send the same again with "confirm" within 30 s.';
    throw new HubError('CONFIRMATION_REQUIRED', detail, { extra: { confirm: key } });
  }

  #countSensitive(user: string): void {
    const now = this.#clock.now();
    const recent = (this.#sensitive.get(user) ?? []).filter((at) => now - at < SENSITIVE_WINDOW_MS && at <= now);
    if (recent.length >= SENSITIVE_COMMANDS_MAX) {
      const seconds = Math.ceil((recent[0]! + SENSITIVE_WINDOW_MS - now) / 1000);
      const detail = `At most ${SENSITIVE_COMMANDS_MAX} commands to locks and alarms fit into a minute. Wait ${seconds} s.`;
      throw new HubError('TOO_MANY_ATTEMPTS', detail, { retryAfterSeconds: seconds });
    }
    this.#sensitive.set(user, [...recent, now]);
  }
}

/** Whoever may do a thing for a while must be one who may take it back. */
const takenBackBy = (command = ''): string | undefined =>
  Object.hasOwn(TAKEN_BACK_BY, command) ? TAKEN_BACK_BY[command] : undefined;

const withoutEndpoint = (property: string): string => property.split('@')[0]!;
const isSensitive = (name: string): boolean => name.startsWith('lock.') || name.startsWith('alarm.');

/** Equal for bodies that say the same, whatever the order of their fields. */
function fingerprint(command: unknown): string {
  const sorted = JSON.stringify(command, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
  return createHash('sha256').update(sorted).digest('base64url');
}
