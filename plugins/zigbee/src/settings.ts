// The plugin's settings, as people fill them in.

import { PluginError, z } from '@lintel/sdk';

export const ADAPTERS = ['auto', 'zstack', 'ember', 'deconz', 'zboss', 'zigate', 'zoh'] as const;

export const settingsSchema = z.object({
  port: z
    .string()
    .min(1)
    .max(1024)
    .meta({ title: 'Port', description: 'A serial port such as /dev/serial/by-id/usb-…, or tcp://host:port' }),
  adapter: z
    .enum(ADAPTERS)
    .default('auto')
    .meta({ title: 'Adapter', description: 'The kind of radio; auto finds out by asking it' }),
  baudRate: z
    .number()
    .int()
    .min(1200)
    .max(2_000_000)
    .optional()
    .meta({ title: 'Baud rate', description: 'Of the serial port, where it is not the usual one' }),
  channel: z
    .number()
    .int()
    .min(11)
    .max(26)
    .optional()
    .meta({ title: 'Channel', description: '11 to 26; 15, 20 and 25 lie beside most Wi-Fi' }),
  firmwareIndex: z
    .string()
    .max(1024)
    .optional()
    .meta({ title: 'Firmware index', description: "A local folder's or server's list of device firmware" }),
});

export type Settings = z.output<typeof settingsSchema>;

/** Where the adapter is. */
export type Port =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'serial'; readonly path: string };

const EXPECTED =
  'expected a serial port such as /dev/serial/by-id/usb-…, or tcp://host:port with a port from 1 to 65535';

/** Reads the port as written. Throws `BAD_SETTINGS` at `/port`. */
export function parsePort(text: string): Port {
  if (/^tcp:\/\//i.test(text)) return parseTcp(text);
  if (/^(\/dev\/|COM\d+$|\\\\\.\\)/i.test(text)) return { kind: 'serial', path: text };
  throw new PluginError('BAD_SETTINGS', `${EXPECTED}, not ${JSON.stringify(text.slice(0, 100))}`, '/port');
}

function parseTcp(text: string): Port {
  const match = /^tcp:\/\/(\[[0-9a-f:.]+\]|[A-Za-z0-9._-]+):(\d{1,5})\/?$/i.exec(text);
  const port = Number(match?.[2]);
  if (match === null || port < 1 || port > 65_535) {
    throw new PluginError('BAD_SETTINGS', `${EXPECTED}, not ${JSON.stringify(text.slice(0, 100))}`, '/port');
  }
  return { kind: 'tcp', host: match[1]!.replaceAll(/[[\]]/g, ''), port };
}
