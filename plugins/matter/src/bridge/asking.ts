// How a command that an ecosystem invokes becomes a command to the home.

import { StatusResponseError } from '@matter/main/types';
import { Status } from '@matter/main/types';

import { findRequests, type Requests } from './requests.ts';

/** A behaviour at work on one bridged endpoint. */
export interface Acting {
  readonly endpoint: object;
  readonly context: object;
}

export const requestsOf = ({ endpoint }: Acting): Requests | undefined => findRequests(endpoint);

/** Who asks: the name of the ecosystem. */
export const byOf = (acting: Acting): string =>
  requestsOf(acting)?.nameOf((acting.context as { fabric?: number }).fabric) ?? '';

type Arguments = Readonly<Record<string, unknown>>;

/** Why the home refused a named command; null where the device has confirmed. */
export async function refusalOf(acting: Acting, command: string, args?: Arguments): Promise<string | null> {
  try {
    await requestsOf(acting)?.command(command, byOf(acting), args);
    return null;
  } catch (error) {
    return `${command}: ${(error as Error).message}`;
  }
}

/** A named command whose failure fails the ecosystem's. */
export async function ask(acting: Acting, command: string, args?: Arguments): Promise<void> {
  const refusal = await refusalOf(acting, command, args);
  if (refusal !== null) throw new StatusResponseError(refusal, Status.Failure);
}
