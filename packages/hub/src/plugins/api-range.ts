// Whether a plugin was written for the SDK that this hub has.

import { SDK_API } from '@lintel/sdk/host';

const RANGE = /^\^?(\d{1,4})(?:\.(\d{1,4}))?(?:\.(\d{1,4}))?$/;

/** Why a manifest's `"api"` range does not take this hub's SDK, with what to do; null when it does. */
export function apiFault(range: string, offered = SDK_API): string | null {
  const wanted = RANGE.exec(range);
  if (wanted === null)
    return `its manifest must say which SDK it is for, such as "api": "^1", not ${JSON.stringify(range)}`;
  const want = wanted.slice(1).map((part) => Number(part ?? 0));
  const have = offered.split('.').map(Number);
  if (want[0]! > have[0]!) return `it needs version ${want[0]} of the SDK, this hub has ${offered}: update Lintel`;
  if (want[0]! < have[0]!)
    return `it was written for version ${want[0]} of the SDK, this hub has ${offered}: update the plugin`;
  const isNewer = want[1]! > have[1]! || (want[1] === have[1] && want[2]! > have[2]!);
  return isNewer ? `it needs the SDK ${want.join('.')}, this hub has ${offered}: update Lintel` : null;
}

/** What a manifest's range says in a way that is to go, with what to say instead; null where there is nothing of the kind. */
export const deprecationOf = (range: string): string | null =>
  range.startsWith('^')
    ? null
    : `"api": "${range}" reads as that version alone, and will be taken so: write "^${range}"`;
