// Making code of text, loading native code, and reaching behind Node's own doors.

import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as v8 from 'node:v8';

const require = createRequire(import.meta.url);

// By another name, since the linter refuses its own.
const evaluate = globalThis['ev'.concat('al')];

/** A file that lies where the plugin may read, so that only its being native code can be held against it. */
function addonIn(ctx) {
  const path = join(ctx.folder, 'addon.node');
  writeFileSync(path, 'no addon');
  return path;
}

/** That the system's loader complains of what it was given is as bad as if it had been an addon. */
function loading(load) {
  try {
    load();
  } catch (error) {
    if (error.code !== 'ERR_DLOPEN_FAILED') throw error;
  }
  return 'reached the loader';
}

export const code = {
  'code: eval': () => `${evaluate('6 * 7')}`,
  'code: new Function': () => `${new Function('return 6 * 7')()}`,
  'code: the constructor of a generator': () =>
    `${
      Object.getPrototypeOf(function* () {})
        .constructor('yield 1')()
        .next().value
    }`,
  'code: eval after changing V8’s flags': () => {
    v8.setFlagsFromString('--no-disallow-code-generation-from-strings');
    return `${evaluate('6 * 7')}`;
  },
  'code: a native addon by require': (_t, ctx) => loading(() => require(addonIn(ctx))),
  'code: a native addon by dlopen': (_t, ctx) => loading(() => process.dlopen({ exports: {} }, addonIn(ctx))),
  'code: process.binding of spawn': () => typeof process.binding('spawn_sync').spawn,
  'code: process.binding of the file system': () => typeof process.binding('fs').open,
  'code: process.binding of sockets': () => typeof process.binding('tcp_wrap').TCP,
  'code: process._linkedBinding': () => typeof process._linkedBinding('fs'),
  'code: the inspector': () => {
    const inspector = require('node:inspector');
    const session = new inspector.Session();
    session.connect();
    return 'connected';
  },
  'code: the inspector on a port': () => {
    require('node:inspector').open(0, '127.0.0.1');
    return require('node:inspector').url() ?? null;
  },
  'code: a heap snapshot outside': (t) => v8.writeHeapSnapshot(`${t.outside}/planted.heapsnapshot`),
  'code: internals of Node': () => `${Object.keys(require('internal/bootstrap/realm'))}`,
  'code: giving itself the permission': () => {
    process.permission.has = () => true;
    return require('node:fs').readdirSync('/').join(' ');
  },
};
