// The loudest that the people of a home let a player become. Who asks for more is refused; automations and scenes stop there.

import type { EndpointDescription, PropertyDescription, Value } from '@lintel/model';

const VOLUME = 'volume';

interface HasSettings {
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The setting `volumeLimit`, 0 to 1, or null where there is none. */
export function volumeLimitOf({ settings }: HasSettings): number | null {
  const limit = settings['volumeLimit'];
  return typeof limit === 'number' ? limit : null;
}

/** A value as it may be sent: a volume beyond the limit becomes the limit. */
export function withinVolumeLimit(record: HasSettings, property: string, value: Value): Value {
  const limit = property === `media.${VOLUME}` ? volumeLimitOf(record) : null;
  return limit !== null && typeof value === 'number' ? Math.min(value, limit) : value;
}

/** A property with the limit as its `max`, so that pages offer no more and checks refuse more. */
export function limitProperty(limit: number, capability: string, described: PropertyDescription): PropertyDescription {
  const isVolume = capability === 'media' && described.name === VOLUME;
  return isVolume ? { ...described, max: Math.min(described.max ?? 1, limit) } : described;
}

/** An endpoint as people see it under the limit. */
export function limitEndpoint(limit: number, endpoint: EndpointDescription): EndpointDescription {
  const capabilities = endpoint.capabilities.map((capability) => ({
    ...capability,
    properties: capability.properties.map((each) => limitProperty(limit, capability.name, each)),
  }));
  return { ...endpoint, capabilities };
}
