// Groups: devices that are commanded together.

import { HubError, splitDeviceRef } from '@lintel/model';
import { z } from 'zod';
import type { Kernel } from '../kernel.ts';
import { GROUPS_MAX } from '../limits.ts';
import type { Registry } from '../registry/registry.ts';
import { collection } from './collections.ts';
import { nameSchema } from './validate.ts';

export function groupService(kernel: Kernel) {
  return collection(kernel, {
    name: 'groups',
    noun: 'group',
    max: GROUPS_MAX,
    shape: { name: nameSchema, devices: z.array(z.string()).max(1_000) },
    check: ({ devices }) =>
      devices.forEach((ref, index) => requireDevice(kernel.machine.registry, ref, `/devices/${index}`)),
  });
}

/** @throws HubError BAD_VALUE at `pointer` when the home has no such device or endpoint */
export function requireDevice(registry: Registry, ref: string, pointer: string): void {
  const known = isKnown(registry, ref);
  if (!known)
    throw new HubError('BAD_VALUE', `the home has no device ${JSON.stringify(ref.slice(0, 100))}`, { pointer });
}

function isKnown(registry: Registry, ref: string): boolean {
  try {
    const { device, endpoint } = splitDeviceRef(ref);
    const record = registry.get('devices', device);
    return record !== null && (endpoint === null || record.description.endpoints.some(({ id }) => id === endpoint));
  } catch {
    return false;
  }
}
