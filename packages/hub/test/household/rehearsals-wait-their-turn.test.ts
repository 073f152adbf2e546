// Trying rules takes a thread each: a page that checks a draft while its person tries it on the past is not refused, it waits.

import type { HubError } from '@lintel/model';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { systemScheduler } from '../../src/clock.ts';
import { createRehearsals } from '../../src/rehearsal/client.ts';
import { REHEARSALS_AT_ONCE_MAX, REHEARSALS_WAITING_MAX } from '../../src/rehearsal/limits.ts';

const home = { latitude: 52.52, longitude: 13.405, timeZone: 'Europe/Berlin' };
const CHECK = { kind: 'check', rules: [], home, devices: [], names: {} } as const;

test('a few wait for those under way, more are refused, and turns are passed on', async () => {
  const rehearse = createRehearsals(systemScheduler);
  const few = Array.from({ length: REHEARSALS_AT_ONCE_MAX + REHEARSALS_WAITING_MAX }, () => rehearse(CHECK));
  const refused = await rehearse(CHECK).catch((error: HubError) => error.code);
  assert.is(refused, 'TOO_MANY_ATTEMPTS');
  for (const answer of await Promise.all(few)) assert.equal(answer, { problems: [] });
  assert.equal(await rehearse(CHECK), { problems: [] });
});

test.run();
