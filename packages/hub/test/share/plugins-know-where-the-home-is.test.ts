// What plugins are told of the home's place: its time zone, and each move of it once.

import { test } from 'uvu';
import * as assert from 'uvu/assert';

import { homeService } from '../../src/services/home.ts';
import { createTimeZonePort } from '../../src/share/time-zone.ts';
import { openHome } from '../home.ts';

const SYSTEM = { kind: 'system' } as const;

test('a home that moves says so once, and only to who still listens', async () => {
  const { kernel, close } = await openHome();
  const { changeHome } = homeService(kernel);
  const zone = createTimeZonePort(kernel);
  const heard: string[] = [];
  const leave = zone.subscribe((timeZone) => heard.push(timeZone));
  assert.is(zone.now(), 'Europe/Berlin');
  await changeHome({ name: 'Flat' }, SYSTEM);
  await changeHome({ timeZone: 'America/New_York' }, SYSTEM);
  leave();
  await changeHome({ timeZone: 'Asia/Tokyo' }, SYSTEM);
  await close();
  assert.equal(heard, ['America/New_York']);
});

test.run();
