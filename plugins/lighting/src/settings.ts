// What a person can set of lamps on the network.

import { z } from '@lintel/sdk';

import { DEVICES_MAX } from './limits.ts';

export const DRIVERS = ['wled'] as const;

const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\[?[0-9A-Fa-f:.]{2,45}\]?)$/;

const device = z.object({
  driver: z.enum(DRIVERS).meta({ title: 'Kind' }),
  host: z
    .string()
    .max(253)
    .regex(HOST, 'expected an address such as 192.168.1.40, or a name such as wled-shelf.local, without http://')
    .meta({ title: 'Address', description: 'Such as 192.168.1.40 or wled-shelf.local' }),
  port: z.number().int().min(1).max(65_535).optional().meta({ title: 'Port', description: 'Where it is not 80' }),
});

export const settingsSchema = z.object({
  discover: z
    .boolean()
    .default(true)
    .meta({ title: 'Find lamps', description: 'Adds lamps that announce themselves on your network' }),
  devices: z
    .array(device)
    .max(DEVICES_MAX)
    .default([])
    .meta({ title: 'Lamps', description: 'Lamps that do not announce themselves, by their address' }),
});

export type Settings = z.output<typeof settingsSchema>;

const PORT = 80;

/** Where a lamp listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The address as sockets want it. */
export const addressOf = ({ host, port = PORT }: { host: string; port?: number | undefined }): Address => ({
  host: host.replace(/^\[(.*)\]$/, '$1'),
  port,
});

export const sameAddress = (a: Address, b: Address): boolean =>
  a.host.toLowerCase() === b.host.toLowerCase() && a.port === b.port;

/** As a person reads it. */
export function inWords({ host, port }: Address): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === PORT ? name : `${name}:${port}`;
}
