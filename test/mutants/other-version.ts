// Loaded before a hub (`node --import`): its engine is the one of wider-core.ts, whose core lies at LINTEL_TEST_CORE.

import { registerHooks } from 'node:module';
import './other-core.ts';
import { widened } from './wider-core.ts';

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (!url.endsWith('/assembly/abi.ts')) return loaded;
    return { ...loaded, source: widened(String(loaded.source)) };
  },
});
