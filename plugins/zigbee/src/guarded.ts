// An endpoint as the converters command it, with our own rules for frames that fail: each has an end after which it is
// never sent, a refusal is a failure, and what is safe to repeat is repeated. Herdsman's own recovery goes on long after
// the person was told that the command failed.

import type { Models } from 'zigbee-herdsman';

import type { Clock } from '@lintel/sdk';

import { kindOfFailure } from './errors.ts';
import type { Herdsman } from './libraries.ts';
import { ANSWER_MS, ATTEMPTS_MAX, COMMAND_MS, RETRY_FIRST_MS } from './limits.ts';

export interface Guard {
  readonly clock: Clock;
  /** Aborts when the command's time is up, when something newer took its place, and when the adapter is lost. */
  readonly signal: AbortSignal;
  /** Whether the device is awake only now and then: its wake-up is waited for elsewhere. */
  readonly isSleepy: boolean;
  /** Colors are to be taken by a lamp that is off, too. */
  readonly stage: boolean;
}

type ZclCommand = Models.Endpoint['zclCommand'];
type Result = Awaited<ReturnType<ZclCommand>>;

/** Commands that do more when they are carried out twice. */
const UNREPEATABLE =
  /^(toggle|step|move$|moveWithOnOff|stepWithOnOff|stepColor|moveHue|moveSaturation|moveColor$|moveColorTemp$|enhancedMoveHue|enhancedStepHue)/;
const DOOR_LOCK = 'closuresDoorLock';

/** The endpoint, with every frame that goes out through it under `guard`. */
export function guarded(herdsman: Herdsman, endpoint: Models.Endpoint, guard: Guard): Models.Endpoint {
  const timely = withinTime(endpoint, guard.signal);
  const send = async (...given: Parameters<ZclCommand>): Promise<Result> => {
    const [cluster, command, payload, options, ...rest] = given;
    const name = typeof command === 'string' ? command : String((command as { name?: unknown }).name);
    const repeatable = !UNREPEATABLE.test(name);
    const own = {
      disableRecovery: true,
      sendPolicy: 'immediate',
      timeout: repeatable ? ANSWER_MS : COMMAND_MS,
    } as const;
    const args = [cluster, command, guard.stage ? staged(payload) : payload, { ...options, ...own }, ...rest];
    const once = (): Promise<Result> => timely.zclCommand(...(args as unknown as Parameters<ZclCommand>));
    const result = await repeat(once, guard, repeatable);
    refuseFailures(herdsman, result);
    return result;
  };
  return Object.create(endpoint, { zclCommand: { value: send } }) as Models.Endpoint;
}

interface Sending {
  sendRequest(frame: { toBuffer(): Buffer }, ...rest: unknown[]): Promise<unknown>;
}

/**
 * The endpoint, with frames that refuse to be sent once their time is up: each waits in herdsman's queue behind others to
 * the same device, and would go out whenever that queue moves on.
 */
function withinTime(endpoint: Models.Endpoint, signal: AbortSignal): Models.Endpoint {
  const sendRequest: Sending['sendRequest'] = (frame, ...rest) => {
    const bytes = frame.toBuffer.bind(frame);
    frame.toBuffer = () => {
      signal.throwIfAborted();
      return bytes();
    };
    return (endpoint as unknown as Sending).sendRequest(frame, ...rest);
  };
  return Object.create(endpoint, { sendRequest: { value: sendRequest } }) as Models.Endpoint;
}

/** Options that make a lamp carry out a color command while it is off, where the command has them. */
function staged(payload: unknown): unknown {
  const hasOptions = typeof payload === 'object' && payload !== null && 'optionsMask' in payload;
  return hasOptions ? { ...payload, optionsMask: 1, optionsOverride: 1 } : payload;
}

async function repeat(once: () => Promise<Result>, guard: Guard, repeatable: boolean): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    guard.signal.throwIfAborted();
    try {
      return await race(once(), guard);
    } catch (error) {
      const kind = kindOfFailure(error);
      const mayRepeat = kind === 'undelivered' || kind === 'busy' || (kind === 'unanswered' && repeatable);
      if (!mayRepeat || guard.isSleepy || attempt >= ATTEMPTS_MAX) throw error;
      await guard.clock.sleep(RETRY_FIRST_MS * attempt, guard.signal);
    }
  }
}

/** Whichever comes first: the answer, or the end of its time or of the link. */
function race<T>(work: Promise<T>, { signal }: Guard): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    const release = (): void => signal.removeEventListener('abort', onAbort);
    work.then(
      (value) => (release(), resolve(value)),
      (error: unknown) => (release(), reject(error)),
    );
  });
}

interface Answer {
  readonly header: { readonly isGlobal: boolean };
  readonly command: { readonly name: string };
  readonly cluster: { readonly name: string };
  readonly payload: { readonly statusCode?: unknown; readonly status?: unknown } | null;
}

/** Herdsman hands a default response on as it is, success or not; a lock's own answer too. */
function refuseFailures(herdsman: Herdsman, result: Result): void {
  const answer = result as unknown as Answer | undefined;
  if (answer === undefined) return;
  const isDefault = answer.header.isGlobal && answer.command.name === 'defaultRsp';
  const isLock = !answer.header.isGlobal && answer.cluster.name === DOOR_LOCK;
  const status = isDefault ? answer.payload?.statusCode : isLock ? answer.payload?.status : 0;
  if (typeof status === 'number' && status !== 0) throw new herdsman.Zcl.StatusError(status);
}
