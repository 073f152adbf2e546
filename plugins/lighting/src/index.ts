// Lamps on the local network. WLED is the first kind.

import { definePlugin } from '@lintel/sdk';

import { setup, tryLamps } from './plugin.ts';
import { settingsSchema } from './settings.ts';

export default definePlugin({
  id: 'lighting',
  name: 'Lamps on the network',
  permissions: { network: true },
  settings: settingsSchema,
  setup,
  test: tryLamps,
});
