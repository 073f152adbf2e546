// A step of the build: works out beforehand what the first start of the plugins that come with Lintel would have to, and what
// every plugin needs of the SDK. Touches MARK when it is through.
//
//   node warm.ts MARK FOLDER…

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { systemScheduler } from '../clock.ts';
import { Descriptions } from './descriptions.ts';
import { findPlugins, readManifest } from './manifest.ts';
import { Sandbox } from './sandbox.ts';

const data = mkdtempSync(join(tmpdir(), 'lintel-warm-'));
const sandbox = new Sandbox('node', data);
const descriptions = new Descriptions(sandbox, systemScheduler, join(data, 'scratch'));
const [mark = '', ...folders] = process.argv.slice(2);
for (const manifest of folders.flatMap(findPlugins).map((folder) => readManifest(folder))) {
  sandbox.launch(manifest, 'run', data);
  await descriptions.of(manifest);
}
await sandbox.settled();
rmSync(data, { recursive: true, force: true });
writeFileSync(mark, '');
