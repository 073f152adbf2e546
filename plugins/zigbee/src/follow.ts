// Lamps and plugs are asked to report what they do: a remote that is bound to them, or a hand at the wall, tells nobody.
// Many definitions leave this out.

import type { Models } from 'zigbee-herdsman';

import type { ZigbeeDevice } from './device.ts';
import { kindOfFailure } from './errors.ts';

const HOUR_SECONDS = 3_600;

interface Followed {
  readonly cluster: string;
  readonly attributes: Readonly<Record<string, number>>;
  /** Seconds between two reports at least. */
  readonly minimum: number;
}

/** By attribute, the change that is worth a report. */
const FOLLOWED: readonly Followed[] = [
  { cluster: 'genOnOff', attributes: { onOff: 0 }, minimum: 0 },
  { cluster: 'genLevelCtrl', attributes: { currentLevel: 1 }, minimum: 1 },
  { cluster: 'lightingColorCtrl', attributes: { colorTemperature: 1, currentX: 200, currentY: 200 }, minimum: 1 },
];

const FOLLOWED_KINDS: ReadonlySet<string> = new Set(['light', 'switch', 'plug']);

/** Binds and configures what the definition has not; a device that refuses is left alone. Throws when it is away. */
export async function follow(device: ZigbeeDevice, coordinator: Models.Endpoint): Promise<void> {
  if (!FOLLOWED_KINDS.has(device.mapping.kind) || device.isSleepy) return;
  for (const endpoint of device.radio.endpoints) {
    for (const each of FOLLOWED) {
      if (!endpoint.supportsInputCluster(each.cluster) || isFollowed(endpoint, each.cluster)) continue;
      await followOne(endpoint, each, coordinator).catch(rethrowUnlessRefused);
    }
  }
}

const isFollowed = (endpoint: Models.Endpoint, cluster: string): boolean =>
  endpoint.configuredReportings.some((each) => each.cluster.name === cluster);

async function followOne(endpoint: Models.Endpoint, followed: Followed, coordinator: Models.Endpoint): Promise<void> {
  const { cluster, attributes, minimum } = followed;
  await endpoint.bind(cluster, coordinator);
  for (const [attribute, reportableChange] of Object.entries(attributes)) {
    const item = { attribute, minimumReportInterval: minimum, maximumReportInterval: HOUR_SECONDS, reportableChange };
    await endpoint.configureReporting(cluster, [item as never]).catch(rethrowUnlessRefused);
  }
}

function rethrowUnlessRefused(error: unknown): void {
  if (kindOfFailure(error) !== 'refused') throw error;
}
