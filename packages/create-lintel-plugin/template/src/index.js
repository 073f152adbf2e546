// __NAME__: what Lintel sees of it. How the device itself is reached stands in device.js.

import { __IMPORTS__ } from '@lintel/sdk';

import { Device } from './device.js';

export default definePlugin({
  id: '__ID__',
  name: '__NAME_TEXT__',
  permissions: {},
  // From this come the form, its checks and its error messages. In `setup` the values are valid, with defaults filled in.
  settings: z.object({
    devices: z.number().int().min(1).max(20).default(1).meta({ title: 'Devices', description: 'How many there are' }),
  }),
  async setup(ctx, settings) {
    /** @type {Map<string, Device>} */
    const devices = new Map();
    for (let number = 1; number <= settings.devices; number += 1) {
      const id = `device-${number}`;
      await ctx.devices.add({
        id,
        name: `__NAME_TEXT__ ${number}`,
        kind: '__KIND__',
        endpoints: [endpoint(__CAPABILITIES__)],
      });
      const kept = /** @type {import('@lintel/sdk').Values | null} */ (await ctx.store.get(id));
      // Whatever the device tells, by itself or when asked, becomes a report.
      const device = new Device(kept ?? {}, (values) => {
        void Promise.all([ctx.report(id, values), ctx.store.set(id, device.state)]).catch(() => undefined);
      });
      devices.set(id, device);
      await ctx.report(id, device.state);
    }
    ctx.log.info(`${devices.size} devices are up`);
    return {
      // Resolves when the device has confirmed: people see a spinner until then, and an error otherwise.
      async command(id, command) {
        const device = devices.get(id);
        if (device === undefined || !('set' in command)) throw new PluginError('UNSUPPORTED', 'it cannot do that');
        if (!device.reachable) {
          await ctx.online(id, false);
          throw new PluginError('DEVICE_OFFLINE', 'it does not answer: check that it has power');
        }
        await device.set(command.set);
      },
      async request(name, body) {
        const device = devices.get('device-1');
        if (name === 'unplug' && device !== undefined) device.reachable = body === false;
        return { reachable: device?.reachable ?? false };
      },
      async stop() {
        for (const device of devices.values()) device.close();
      },
    };
  },
});
