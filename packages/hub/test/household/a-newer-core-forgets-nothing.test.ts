// A new version of the core has another memory. It takes over by names what the old one knew: waits end on time, queues go on,
// rules that were edited meanwhile finish by their old text.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine, type Handover } from '@lintel/engine';
import type { Rule } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeImage, encodeImage } from '../../src/images/image.ts';
import { openHome, PLACE } from '../home.ts';
import { addRule, heard, LAMP, MOTION, on, told } from './rules.ts';

const test = suite('a newer core forgets nothing');
const MINUTE = 60_000;
const FIXTURES = join(import.meta.dirname, 'handovers');

const set = (level: number) => ({ kind: 'set', target: { device: LAMP }, values: { 'level.level': level } }) as const;
const occupiedFor = (minutes: number) =>
  ({ kind: 'property', device: MOTION, property: 'occupancy.occupied', becomes: true, for: `${minutes}m` }) as const;

/** Images as a core of another version would have left them: sound, but of a memory that means nothing here. */
function ofAnotherCore(folder: string): void {
  const images = readdirSync(join(folder, 'images'));
  assert.ok(images.length > 0);
  for (const name of images) {
    const path = join(folder, 'images', name);
    const { tail } = decodeImage(readFileSync(path));
    writeFileSync(path, encodeImage({ tail, core: new Uint8Array(64).fill(7) }));
  }
}

test('waits, queues, counters, `for`, variables and old texts go on in a core that cannot read the image', async () => {
  let home = await openHome();
  await addRule(home, { id: 'wait', triggers: on('go'), actions: [{ kind: 'delay', for: '10m' }, set(0.1)] });
  const rounds = [{ kind: 'repeat', count: 3, actions: [{ kind: 'delay', for: '4m' }, set(0.2)] }] as const;
  await addRule(home, { id: 'rounds', mode: 'queued', triggers: on('go'), actions: rounds });
  await addRule(home, { id: 'held', triggers: [occupiedFor(6)], actions: [set(0.3)] });
  const count = { kind: 'variable', name: 'n', value: 2 } as const;
  await addRule(home, { id: 'count', triggers: on('go'), actions: [count] });
  await addRule(home, { id: 'old', triggers: on('go'), actions: [{ kind: 'delay', for: '8m' }, set(0.4)] });
  home.report(MOTION, { 'occupancy.occupied': false });
  home.report(MOTION, { 'occupancy.occupied': true });
  heard(home, 'go');
  home.clock.advance(MINUTE);
  heard(home, 'go');
  await addRule(home, { id: 'old', triggers: on('never'), actions: [set(0.9)] });
  await home.imager.write();
  home.clock.advance(MINUTE);
  home = await home.killed({ meanwhile: ofAnotherCore });
  assert.equal(home.storage.losses, []);
  assert.ok(home.storage.imageSequence > 0);
  assert.is(home.kernel.machine.core.variable('n'), 2);
  home.clock.advance(30 * MINUTE);
  // The minutes are 4 and 8, 6, 8, 10, 12; then the queued rounds at 16, 20 and 24.
  const levels = told(home).map((text) => Number(/[\d.]+(?=})/.exec(text)![0]));
  assert.equal(levels, [0.2, 0.3, 0.2, 0.4, 0.1, 0.2, 0.2, 0.2, 0.2]);
  await home.close();
});

test('without a state by names the image is refused with its reason, and an older one is looked for', async () => {
  let home = await openHome();
  await addRule(home, { id: 'wait', triggers: on('go'), actions: [{ kind: 'delay', for: '10m' }, set(0.1)] });
  await home.imager.write();
  home = await home.killed({
    meanwhile: (folder) => {
      for (const name of readdirSync(join(folder, 'images'))) {
        const path = join(folder, 'images', name);
        const { handover: _, ...tail } = decodeImage(readFileSync(path)).tail;
        writeFileSync(path, encodeImage({ tail, core: new Uint8Array(64).fill(7) }));
      }
    },
  });
  assert.is(home.storage.losses.length, 1);
  assert.match(home.storage.losses[0]!, 'cannot be used');
  // The whole journal is still there.
  assert.is(home.kernel.machine.registry.list('automations').length, 1);
  await home.close();
});

interface Fixture {
  readonly startAt: number;
  readonly rules: readonly Rule[];
  readonly handover: Handover;
  /** Commands of the time after, as `[milliseconds since startAt, rule, value]`. */
  readonly then: readonly (readonly [number, string, unknown])[];
}

test('whatever was once handed over is taken over for ever', async () => {
  const files = readdirSync(FIXTURES);
  assert.ok(files.includes('format-1.json'));
  for (const file of files) {
    const { startAt, rules, handover, then } = JSON.parse(readFileSync(join(FIXTURES, file), 'utf8')) as Fixture;
    const engine = await createEngine({ rules, home: PLACE, startAt, strict: false });
    engine.takeOver(handover);
    const again = engine.handOver();
    assert.ok(files.includes(`format-${again.format}.json`), `format ${again.format} has no fixture yet`);
    if (again.format === handover.format) assert.equal(again, handover, `${file} says it all, and is handed on whole`);
    const { commands } = engine.step(startAt + 60 * MINUTE);
    const said = commands.map(({ at, rule, message }) => [at - startAt, rule, message]);
    assert.equal(said, then, file);
    engine.close();
  }
});

test.run();
