// Run as a process of its own: makes one module of the SDK and what runs a plugin, and one of the model, which some plugins
// import by itself. In a plugin's process `z` is inert, which the condition says.
//
//   node bundle.ts OUT

import { renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { build } from 'rolldown';

const [out = ''] = process.argv.slice(2);
const next = `${out}.${process.pid}`;
await build({
  input: {
    main: fileURLToPath(import.meta.resolve('@lintel/sdk/whole')),
    model: fileURLToPath(import.meta.resolve('@lintel/model')),
  },
  platform: 'node',
  resolve: { conditionNames: ['lintel-plugin', 'import', 'node'] },
  output: { dir: next, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs', comments: false },
});
rmSync(out, { recursive: true, force: true });
renameSync(next, out);
