// A file that is being written stands beside its place under another name, until it is whole. What a kill leaves of one is removed.

import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

export const PARTIAL = '.partial';

export async function removePartials(folder: string): Promise<void> {
  for (const name of await readdir(folder)) if (name.endsWith(PARTIAL)) await rm(join(folder, name), { force: true });
}
