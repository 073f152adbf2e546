// The plugin's settings, as people fill them in.

import { z } from '@lintel/sdk';

/** Ids of the home, which the form offers by name. */
const ids = (format: 'device' | 'room', title: string, description?: string) =>
  z
    .array(z.string().min(1).max(200).meta({ format }))
    .max(1000)
    .optional()
    .meta({ title, ...(description && { description }) });

const chosen = z.object({
  devices: ids('device', 'Devices'),
  rooms: ids('room', 'Rooms', 'Every device in these rooms, also those that come later'),
  all: z.boolean().optional().meta({ title: 'All devices', description: 'Every device a bridge can show' }),
});

const bridge = z.object({
  enabled: z
    .boolean()
    .default(false)
    .meta({ title: 'Show this home to other ecosystems', description: 'As a Matter bridge' }),
  include: chosen.default({}).meta({ title: 'What to show' }),
  exclude: chosen.optional().meta({ title: 'What to keep back' }),
  locks: z.boolean().default(false).meta({
    title: 'Show locks and alarms',
    description: 'Whoever controls the other ecosystem can then open the door',
  }),
});

export const settingsSchema = z.object({
  interface: z
    .string()
    .regex(/^[A-Za-z0-9._:-]+$/, 'expected the name of a network interface, such as eth0')
    .max(64)
    .optional()
    .meta({ title: 'Network interface', description: 'Such as eth0; left empty, every interface is used' }),
  bridge: bridge.default({ enabled: false, include: {}, locks: false }).meta({ title: 'Bridge' }),
});

export type Settings = z.output<typeof settingsSchema>;
export type BridgeSettings = Settings['bridge'];
