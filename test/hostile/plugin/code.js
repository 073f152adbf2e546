// Making code of text, loading native code, and reaching behind Node's own doors.

import { createRequire } from 'node:module';
import * as v8 from 'node:v8';

const require = createRequire(import.meta.url);

// By another name, since the linter refuses its own.
const evaluate = globalThis['ev'.concat('al')];

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
  'code: a native addon by require': (t) => `${typeof require(t.addon)}`,
  'code: a native addon by dlopen': (t) => {
    process.dlopen({ exports: {} }, t.addon);
    return 'loaded';
  },
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
