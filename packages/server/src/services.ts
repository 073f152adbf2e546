// What the routes and the socket work with; made once in server.ts.

import type { Hub, Scheduler } from '@lintel/hub';
import type { Identities } from './identity/identities.ts';
import type { Live } from './live/live.ts';
import type { Metrics } from './metrics.ts';
import type { SetupCode } from './identity/setup-code.ts';
import type { Audit } from './audit.ts';
import type { Commander } from './commands.ts';

export interface Log {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

export interface Services {
  readonly hub: Hub;
  readonly clock: Scheduler;
  readonly log: Log;
  readonly identities: Identities;
  readonly setupCode: SetupCode;
  readonly commander: Commander;
  readonly live: Live;
  readonly metrics: Metrics;
  readonly audit: Audit;
  /** Tries the backup in this file, and has the hub start anew from it. */
  readonly restore: (file: string) => Promise<void>;
}
