// Zigbee for Lintel, on zigbee-herdsman and its converters.

import { definePlugin } from '@lintel/sdk';

import { setup, tryPort } from './plugin.ts';
import { settingsSchema } from './settings.ts';

export default definePlugin({
  id: 'zigbee',
  name: 'Zigbee',
  permissions: { network: true, serial: true, addons: true },
  settings: settingsSchema,
  setup,
  test: tryPort,
});
