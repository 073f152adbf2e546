// A plugin as its page shows it, without its settings.

import type { Entry } from './catalogue.ts';
import { grantsInWords } from './grants.ts';
import type { Listing } from './listing.ts';
import type { Packages } from './packages.ts';
import type { Sandbox } from './sandbox.ts';
import type { PluginInfo } from './types.ts';

export function infoOf(entry: Entry, sandbox: Sandbox, packages: Packages, listing: Listing): PluginInfo {
  const { manifest, description, supervisor } = entry;
  const { id, version, pairing } = manifest;
  const { home, ...permissions } = manifest.permissions;
  const source = packages.sourceOf(id);
  return {
    id,
    name: description?.name ?? id,
    version,
    status: supervisor.status,
    sandbox: sandbox.fenceOf(manifest),
    permissions: { ...permissions, home: home !== '' },
    grants: grantsInWords(manifest),
    source,
    listing: listing.of({ ...manifest, source }),
    quality: entry.quality,
    previousVersion: packages.previousVersionOf(id),
    settingsSchema: description?.schema ?? {},
    health: supervisor.health(),
    pairing,
  };
}
