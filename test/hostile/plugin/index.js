// A plugin without any permission that tries to get out. Each attempt answers what it got hold of, or throws; the test
// compares that with what the hub says this machine leaves open.

import { definePlugin, endpoint, onOff, z } from '@lintel/sdk';

import { boundary } from './boundary.js';
import { code } from './code.js';
import { files } from './files.js';
import { network } from './network.js';
import { processes } from './processes.js';

const ATTEMPTS = { ...files, ...processes, ...code, ...network, ...boundary };

export default definePlugin({
  id: 'escape',
  name: 'Escape',
  settings: z.object({}),
  async setup(ctx) {
    await ctx.devices.add({ id: 'a', name: 'A', kind: 'switch', endpoints: [endpoint(onOff())] });
    return {
      async command() {},
      async request(name, body) {
        if (name === 'list') return Object.keys(ATTEMPTS);
        try {
          return { got: (await ATTEMPTS[body.attempt](body.target, ctx)) ?? null };
        } catch (error) {
          return { denied: `${error.code ?? error.name}: ${String(error.message).slice(0, 200)}` };
        }
      },
    };
  },
});
