// One command to one cluster of a device, sent at once. matter.js's own methods hold a command back until the next turn of the
// timers, to send it together with others, which a person at a switch would wait for.

import type { Endpoint } from '@matter/main';
import { ClusterBehavior } from '@matter/main/node';
import { Invoke, type ClientInteraction } from '@matter/main/protocol';
import { Status, StatusResponseError } from '@matter/main/types';

import { MappingError, type Fields } from '../mapping/types.ts';
import type { Peer } from './peer.ts';

/** Resolves to the fields of the device's answer, or to nothing. Throws a `StatusResponseError` where it refuses. */
export async function invoke(
  { node }: Peer,
  endpoint: Endpoint,
  name: string,
  command: string,
  args?: Fields,
): Promise<unknown> {
  const type = endpoint.behaviors.supported[name];
  if (type === undefined || !ClusterBehavior.is(type) || endpoint.commandsOf(name)[command] === undefined)
    throw new MappingError('UNSUPPORTED', `the device has no ${name}.${command}`);
  const { cluster } = type;
  const request = Invoke({
    commands: [{ endpoint, cluster, command, ...(args && { fields: args }) } as Invoke.ConcreteCommandRequest],
  });
  const told = (node.interaction as ClientInteraction).invoke({ ...request, batchDuration: false });
  const answers = told[Symbol.asyncIterator]();
  const { value } = await answers.next();
  // Whoever waits for the answer need not wait for it to be acknowledged as well.
  setImmediate(() => void answers.return?.().catch(() => undefined));
  const answer = value?.[0];
  if (answer?.kind === 'cmd-response') return answer.data;
  if (answer?.kind === 'cmd-status' && answer.status !== Status.Success)
    throw StatusResponseError.create(answer.status, undefined, answer.clusterStatus);
  return undefined;
}
