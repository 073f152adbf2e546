// The screens that are opened now and then, on a phone and a desktop, light and dark: as accessible as those of every day.

import { suite } from 'uvu';
import { openBench } from './bench.ts';
import { checkBoth } from './every-screen.ts';

const SCREENS = [
  '/automations/everything',
  '/scenes',
  '/history?device=virtual:climate&property=temperature.temperature',
  '/history?device=virtual:hall-motion&property=occupancy.occupied',
  '/schedules',
  '/schedules/heating',
  '/variables',
  '/pending',
  '/notifications',
  '/tokens',
  '/guests',
  '/automations/import',
  '/network',
  '/repairs',
  '/backups',
  '/automations/hall-night-light/runs/8',
  '/automations/hall-night-light/runs/6',
  '/automations/hall-night-light/replay',
];

const Screens = suite('house screens');

const bench = await openBench();
Screens.after(() => bench.close());

for (const device of ['phone', 'desktop'] as const) {
  Screens(`hold on a ${device}, light and dark`, async () => {
    const test = await bench.visit('/', { device, reducedMotion: 'reduce' });
    for (const path of SCREENS) {
      await test.page.goto(bench.url + path);
      await test.page.getByRole('status', { name: 'Connection' }).getByText('Live').waitFor();
      await test.settled();
      await checkBoth(test, `${path.replaceAll(/\W/g, '_')}-${device}`);
    }
    await test.close();
  });
}

Screens.run();
