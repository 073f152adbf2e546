// A restored home takes the place of the one that was; that is kept aside, and never deleted.

import { existsSync, readdirSync, renameSync } from 'node:fs';

export const restoringFolder = (data: string): string => `${data}.restoring`;

/** Answers where the home before is now, or null where there was none. */
export function putInPlace(folder: string, data: string): string | null {
  const isThere = existsSync(data) && readdirSync(data).length > 0;
  const aside = isThere ? `${data}.before-restore-${new Date().toISOString().replaceAll(/[-:.]/g, '')}` : null;
  if (aside !== null) renameSync(data, aside);
  renameSync(folder, data);
  return aside;
}
