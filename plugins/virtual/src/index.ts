// A home without a radio: lamps that behave like lamps, sensors that drift like sensors. Everything follows from the clock
// and the devices' ids, so that the same hour is the same every time. This plugin is also the blueprint to copy.

import { definePlugin, PluginError } from '@lintel/sdk';
import type { Values } from '@lintel/sdk';

import { VirtualHome } from './home.ts';
import { settings } from './settings.ts';

interface ReportBody {
  readonly device: string;
  readonly values?: Values;
  readonly online?: boolean;
  readonly event?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** People name a device as the hub does, with the plugin's prefix. */
const localId = (id: string): string => (id.startsWith('virtual:') ? id.slice('virtual:'.length) : id);

function readBody(raw: unknown): ReportBody {
  const body = (raw ?? {}) as Partial<ReportBody>;
  if (typeof body.device !== 'string') throw new PluginError('BAD_VALUE', 'expected the id of a device', '/device');
  return body as ReportBody;
}

async function answer(home: VirtualHome, name: string, raw: unknown): Promise<unknown> {
  const { device, values, event, data, online } = readBody(raw);
  const id = localId(device);
  home.device(id);
  if (name === 'report' && event !== undefined) await home.event(id, event, data ?? {});
  else if (name === 'report') await home.report(id, (values ?? null) as Values);
  else if (name === 'online') await home.setOnline(id, online !== false);
  else throw new PluginError('NOT_FOUND', `the virtual home answers to report and online, not to ${name}`);
  return { device: `virtual:${id}`, ...home.device(id).values };
}

export default definePlugin({
  id: 'virtual',
  name: 'Virtual home',
  permissions: {},
  settings,
  async setup(ctx, given) {
    const home = new VirtualHome(ctx, given);
    await home.open();
    return {
      command: (id, command) => home.command(id, command),
      pair: (_request, signal) => home.pair(signal),
      remove: (id) => home.remove(id),
      request: (name, body) => answer(home, name, body),
      stop: () => home.save(),
    };
  },
});
