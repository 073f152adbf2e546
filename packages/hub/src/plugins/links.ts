// Node's permissions follow symbolic links out of the folders they grant, so that none may lead out of them. A plugin cannot
// make links itself, but one may have come with it, or been left by someone.

import { readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ENTRIES_MAX = 50_000;

function* linksIn(folder: string): Generator<string> {
  let left = ENTRIES_MAX;
  const folders = [folder];
  for (let at = folders.pop(); at !== undefined && left > 0; at = folders.pop()) {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      left -= 1;
      if (entry.isSymbolicLink()) yield join(at, entry.name);
      else if (entry.isDirectory()) folders.push(join(at, entry.name));
    }
  }
}

/** During development npm links Lintel's own packages into a plugin's folder, and their commands. */
function isOwnPackage(link: string, real: string): boolean {
  if (/\/node_modules\/@lintel\/[a-z-]+$/.test(link)) return isNamedLintel(real);
  return /\/node_modules\/\.bin\/[a-z-]+$/.test(link) && isNamedLintel(dirname(real));
}

function isNamedLintel(folder: string): boolean {
  const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: string };
  return name?.startsWith('@lintel/') === true;
}

function leadsOut(folder: string, link: string): boolean {
  try {
    const real = realpathSync(link);
    return !`${real}/`.startsWith(`${folder}/`) && !isOwnPackage(link, real);
  } catch {
    // It leads nowhere yet, and might lead anywhere later.
    return true;
  }
}

/** The first link in `folder` (a real path) that leads out of it, or null. */
export function findOutwardLink(folder: string): string | null {
  for (const link of linksIn(folder)) if (leadsOut(folder, link)) return link;
  return null;
}

/** Removes links that lead out of a folder that a plugin may write. */
export function removeOutwardLinks(folder: string): void {
  const real = realpathSync(folder);
  for (const link of linksIn(real)) if (leadsOut(real, link)) rmSync(link);
}
