// What a person can set of the virtual home.

import { z } from '@lintel/sdk';

import { VIRTUAL_KINDS } from './kinds.ts';

const device = z.object({
  id: z
    .string()
    .regex(/^[A-Za-z0-9_.:-]{1,96}$/)
    .meta({ title: 'Id', description: 'Letters, digits and _ . : -' }),
  kind: z.enum(VIRTUAL_KINDS).meta({ title: 'Kind' }),
  name: z.string().meta({ title: 'Name' }),
  room: z.string().optional().meta({ title: 'Room' }),
  manufacturer: z.string().optional().meta({ title: 'Manufacturer' }),
  model: z.string().optional().meta({ title: 'Model' }),
});

/** With no lamps, sensors and devices given, the home is furnished. */
export const settings = z.object({
  lamps: z.number().int().min(0).max(500).optional().meta({ title: 'Lamps' }),
  sensors: z.number().int().min(0).max(500).optional().meta({ title: 'Sensors' }),
  devices: z.array(device).max(1000).optional().meta({ title: 'Devices' }),
  updatesPerSecond: z.number().min(0).max(1000).optional().meta({
    title: 'Updates per second',
    description: 'How often sensors report, all together',
  }),
  secret: z.string().optional().meta({ title: 'Secret', description: 'Only to be written', writeOnly: true }),
});

export type Settings = z.output<typeof settings>;
export type DeviceSetting = z.output<typeof device>;
