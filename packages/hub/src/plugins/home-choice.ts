// Which part of a plugin's settings is the choice of what it sees of the home.

import { isDeepStrictEqual } from 'node:util';

import { isObject } from '@lintel/sdk/host';

import { withoutChoice } from '../share/choice.ts';
import type { Manifest } from './manifest.ts';

/** What people chose, from the setting that the manifest names; undefined where it names none. */
export function choiceIn({ permissions }: Manifest, settings: unknown): unknown {
  return isObject(settings) ? settings[permissions.home.slice(1)] : undefined;
}

/** Whether settings differ, if at all, in what the hub alone reads. */
export function differOnlyInChoice(manifest: Manifest, before: unknown, after: unknown): boolean {
  const name = manifest.permissions.home.slice(1);
  if (name === '' || !isObject(before) || !isObject(after)) return false;
  const rest = (settings: Readonly<Record<string, unknown>>) => ({
    ...settings,
    [name]: withoutChoice(settings[name]),
  });
  return isDeepStrictEqual(rest(before), rest(after));
}
