// Matter for Lintel, on matter.js. The library is loaded when the plugin runs, not when it is asked for its settings.

import { definePlugin } from '@lintel/sdk';

import { settingsSchema } from './settings.ts';

export default definePlugin({
  id: 'matter',
  name: 'Matter',
  permissions: { network: true, firmware: true, home: '/bridge' },
  settings: settingsSchema,
  async setup(ctx, settings) {
    const { setup } = await import('./plugin.ts');
    return setup(ctx, settings);
  },
});
