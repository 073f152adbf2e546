// A hub that was killed while it made a backup leaves half of one; the next backup takes that away.

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createBackups } from '../src/backup/backups.ts';
import { openHome } from './home.ts';

const test = suite('backups leave no halves');

test('the next backup takes away what kills left', async () => {
  const home = await openHome();
  const { data } = home.storage.folders;
  const folder = join(data, 'backups');
  mkdirSync(join(folder, 'scratch/copy'), { recursive: true });
  writeFileSync(join(folder, '20261122T020137123Z.lintel-backup.partial'), 'half a backup');
  const scheduler = { now: () => home.clock.time, steady: () => home.clock.time, after: () => () => undefined };
  const backups = createBackups({ data, version: '0', scheduler, settle: home.imager.write });
  const { id } = await backups.make();
  assert.equal(readdirSync(folder), [`${id}.lintel-backup`]);
  await home.close();
});

test.run();
