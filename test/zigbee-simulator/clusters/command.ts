// What a cluster's own commands are to their handlers.

import type { Reader } from '../bytes.ts';
import type { VirtualCluster, VirtualEndpoint } from '../device.ts';
import type { Reply } from '../foundation.ts';
import type { ZclFrame } from '../zcl.ts';

export interface Command {
  readonly endpoint: VirtualEndpoint;
  readonly cluster: VirtualCluster;
  readonly frame: ZclFrame;
  readonly reader: Reader;
}

/** Answers with a command of the cluster's own, or with the status of a default response. */
export type CommandHandler = (command: Command) => Reply | number;

/** A cluster's handlers by command number. */
export type Behaviour = Readonly<Record<number, CommandHandler>>;
