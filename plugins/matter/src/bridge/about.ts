// How a device introduces itself over the bridge. Its texts come from strangers and are cut to what Matter allows.

import { createHash } from 'node:crypto';

import { BridgedDeviceBasicInformationServer } from '@matter/main/behaviors/bridged-device-basic-information';
import { PowerSourceServer } from '@matter/main/behaviors/power-source';

import type { HomeDevice, Values } from '@lintel/sdk';

import { measured, type State } from './facet.ts';

export const Bridged = BridgedDeviceBasicInformationServer;
export const Battery = PowerSourceServer.with('Battery');

const NAME_BYTES_MAX = 32;
const UNIQUE_DIGITS = 32;
const UNPRINTABLE = /[\p{C}]/gu;

/** At most so many bytes of UTF-8, no character cut in two. */
export function cut(text: string, bytes = NAME_BYTES_MAX): string {
  const plain = text.replaceAll(UNPRINTABLE, ' ').trim();
  let [result, size] = ['', 0];
  for (const character of plain) {
    size += Buffer.byteLength(character);
    if (size > bytes) break;
    result += character;
  }
  return result;
}

/** The same for ever, for the same device of the same bridge. */
export const uniqueIdOf = (serial: string, device: string): string =>
  createHash('sha256').update(`${serial}/${device}`).digest('hex').slice(0, UNIQUE_DIGITS);

export const changingAbout = ({ name, online }: HomeDevice): State => ({
  bridgedDeviceBasicInformation: { nodeLabel: cut(name), reachable: online },
});

export function aboutOf(device: HomeDevice, serial: string): State {
  const { manufacturer, model, firmware } = device;
  const texts = {
    ...(manufacturer && { vendorName: cut(manufacturer) }),
    ...(model && { productName: cut(model) }),
    ...(firmware && { softwareVersionString: cut(firmware, 64) }),
  };
  const { bridgedDeviceBasicInformation } = changingAbout(device);
  return {
    bridgedDeviceBasicInformation: {
      ...bridgedDeviceBasicInformation,
      ...texts,
      uniqueId: uniqueIdOf(serial, device.id),
    },
  };
}

/** The values of the endpoint that knows of a battery; null for a device without, and for one that is itself a battery. */
export function batteryOf({ endpoints, values }: HomeDevice): Values | null {
  if (endpoints.some(({ capabilities }) => capabilities.some(({ name }) => name === 'storage'))) return null;
  const found = endpoints.find(({ capabilities }) => capabilities.some(({ name }) => name === 'battery'));
  return found === undefined ? null : (values[found.id] ?? {});
}

export function batteryState(values: Values): State {
  const isLow = values['battery.low'] === true;
  return {
    powerSource: {
      status: 1,
      order: 0,
      description: 'Battery',
      batPercentRemaining: measured(values['battery.level'], (level) => level * 200, 0, 200),
      batChargeLevel: isLow ? 1 : 0,
      batReplacementNeeded: isLow,
      batReplaceability: 0,
    },
  };
}
