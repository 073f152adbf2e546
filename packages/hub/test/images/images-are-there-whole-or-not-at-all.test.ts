// What a kill or a full disk left of an image half written is let go, and a start that took long is not followed by another.

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { captureImage } from '../../src/images/capture.ts';
import type { HomeClock } from '../../src/home-clock.ts';
import { createImager } from '../../src/images/imager.ts';
import { writeImage } from '../../src/images/image.ts';
import { IMAGE_RECORDS_MAX } from '../../src/limits.ts';
import { openHome } from '../home.ts';

const test = suite('images are there whole or not at all');

test('halves that kills left are let go with the next image', async () => {
  const home = await openHome();
  const folder = home.storage.folders.images;
  for (const number of [2, 3]) writeFileSync(join(folder, `000000000000000${number}.image.partial`), 'half an image');
  await home.imager.write();
  assert.equal(
    readdirSync(folder).filter((name) => !name.endsWith('.image')),
    [],
  );
  await home.close();
});

test('an image that could not be written leaves nothing', async () => {
  const home = await openHome();
  const folder = home.storage.folders.images;
  const image = captureImage(home.kernel.machine, 1, home.clock.time);
  const refused = await writeImage(folder, { ...image, tail: { ...image.tail, at: 1n as never } }).catch(String);
  assert.match(String(refused), /BigInt/);
  assert.equal(readdirSync(folder), []);
  await home.close();
});

test('a start that had much to replay looks at once whether an image is due', async () => {
  const home = await openHome();
  const { journal, projector, history, folders } = home.storage;
  const looksAfter = (replayed: number): number => {
    const delays: number[] = [];
    const after = (ms: number) => {
      delays.push(ms);
      return () => undefined;
    };
    const scheduler = Object.assign(Object.create(home.kernel.scheduler), { after }) as HomeClock;
    const kernel = { ...home.kernel, scheduler };
    const onTrouble = (error: unknown): void => assert.unreachable(String(error));
    createImager({
      kernel,
      projector,
      history,
      folder: folders.images,
      from: journal.last - replayed,
      onTrouble,
    }).close();
    return delays[0]!;
  };
  assert.is(looksAfter(IMAGE_RECORDS_MAX), 0);
  assert.is.not(looksAfter(IMAGE_RECORDS_MAX - 1), 0);
  await home.close();
});

test.run();
