// Every way out that we know, tried on the strengths this machine has. What succeeds must be of a class that the plugin's
// page says is open; with bubblewrap nothing is.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { Bench } from '../../packages/hub/test/plugins/harness.ts';
import { CANARY, decoy, knock, makeTargets } from './targets.ts';

const ESCAPES_MIN = 60;
process.env['LINTEL_TEST_CANARY'] = CANARY;

interface Attempt {
  readonly got?: string | null;
  readonly denied?: string;
}

const FIXTURE = join(import.meta.dirname, 'plugin');

for (const strongest of ['node', 'namespaces', 'bubblewrap'] as const) {
  const Escapes = suite(`escapes, with ${strongest}`);
  const bench = new Bench([FIXTURE, 'lamp'], { strongest });
  const { layers } = bench.host.get('escape').sandbox;
  const skipped = strongest !== 'node' && !layers.includes(strongest);
  const test = skipped ? Escapes.skip : Escapes;
  let targets: Record<string, unknown> = {};

  test('every attempt is denied, or of a class that is said to be open', async () => {
    const { host } = bench;
    targets = await makeTargets(bench.folder);
    bench.secrets.all.set('lamp/token', CANARY);
    bench.store.all.set('lamp/token', CANARY);
    await host.start('lamp', {});
    await host.start('escape', {});
    bench.reports.length = 0;
    assert.is(host.get('escape').status, 'running', bench.log.map(({ text }) => text).join('\n'));
    const { open, strength } = host.get('escape').sandbox;
    assert.is(strength, strongest === 'bubblewrap' ? 'full' : 'partial');
    const attempts = (await host.request('escape', 'list', null)) as string[];
    assert.ok(attempts.length >= ESCAPES_MIN, `only ${attempts.length} attempts`);
    const escaped: string[] = [];
    const stop = knock(targets['listenPort'] as number);
    for (const attempt of attempts) {
      const prey = decoy();
      if (host.get('escape').status !== 'running') await host.start('escape', {});
      const target = { ...targets, decoy: prey.pid };
      const answer = (await host.request('escape', 'try', { attempt, target }).catch((error: Error) => ({
        denied: error.message,
      }))) as Attempt;
      prey.end();
      const [kind = ''] = attempt.split(':');
      if (typeof answer.got === 'string' && !open.includes(kind)) escaped.push(`${attempt}: ${answer.got}`);
    }
    stop();
    assert.equal(escaped, []);
  });

  test('nothing outside was touched, and nothing was said in another’s name', async () => {
    const read = (name: string): string => readFileSync(join(targets['outside'] as string, name), 'utf8');
    assert.is(read('canary.txt'), CANARY);
    for (const name of ['planted', 'planted.json', 'planted.heapsnapshot']) assert.throws(() => read(name), /ENOENT/);
    assert.equal(
      bench.reports.filter(({ plugin, device }) => plugin !== 'escape' || device !== 'a'),
      [],
    );
    assert.not.ok(bench.logged('another program has the process'));
    assert.ok(bench.devices.has('lamp:lamp-1'));
    assert.is(bench.devices.get('lamp:lamp-1')!.name, 'Lamp 1');
    assert.is(({} as Record<string, unknown>)['polluted'], undefined);
    assert.is(bench.host.get('lamp').status, 'running');
    assert.is(bench.host.get('lamp').health.restarts, 0);
  });

  Escapes.after(() => bench.close());
  Escapes.run();
}
