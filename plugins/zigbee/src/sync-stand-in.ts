// Under Node's permission model fs.fsync is refused altogether, and herdsman calls it when it writes its database. Its files are
// mirrored in the hub's store, which is durable, so there the call may do nothing.

import fs from 'node:fs';

/** Lets herdsman write its database in a plugin's process; does nothing where syncing is allowed. */
export function standInForSync(): void {
  if (process.permission === undefined) return;
  fs.fsyncSync = () => undefined;
}
