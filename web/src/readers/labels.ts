// What a device's property is called, with its endpoint where it has several.

import type { Device } from '@lintel/model';
import { t } from '../strings/index.ts';
import { describe } from './devices.ts';
import { plainKey } from './format.ts';

/** "Brightness", or "Power · Left" for a further endpoint. */
export function propertyLabel(device: Device, key: string): string {
  const name = describe(device, key)?.label ?? t.propertyName(plainKey(key));
  const endpoint = key.split('@')[1];
  if (endpoint === undefined) return name;
  return `${name} · ${device.endpoints.find((each) => each.id === endpoint)?.name ?? endpoint}`;
}
