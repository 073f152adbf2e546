// Homes that earlier versions left behind on disk start whole and go on to do the same, for ever: from their image, by names where
// the core cannot read that, and from the journal alone.

import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeImage, encodeImage } from '../../src/images/image.ts';
import { historyService } from '../../src/history/query.ts';
import { openHome, testClock, type TestHome } from '../home.ts';
import { told } from '../household/rules.ts';
import { leave, type LeftHome } from './leave.ts';

const test = suite('left homes go on');
const MINUTE = 60_000;
const NAMES = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.json.gz'));
const read = (name: string): LeftHome =>
  JSON.parse(gunzipSync(readFileSync(join(import.meta.dirname, name))).toString()) as LeftHome;

/** Minutes after the kill, and the level that a lamp was then told. */
const THEN = [
  [2, 0.2], [4, 0.3], [5, 0.6], [6, 0.3], [6, 0.2], [6, 0.4], [6, 0.6], [7, 0.4], [8, 0.1], [10, 0.2], [14, 0.2], [18, 0.2], [18, 0.5], [22, 0.2],
]; // prettier-ignore

const WAYS: Readonly<Record<string, (folder: string) => void>> = {
  'from its image': () => {},
  'by names, in another core': (folder) => {
    for (const name of readdirSync(join(folder, 'images'))) {
      const path = join(folder, 'images', name);
      const { tail } = decodeImage(readFileSync(path));
      writeFileSync(path, encodeImage({ tail, core: new Uint8Array(64).fill(7) }));
    }
  },
  'from the journal alone': (folder) => rmSync(join(folder, 'images'), { recursive: true }),
};

async function start({ at, files }: LeftHome, change: (folder: string) => void): Promise<TestHome> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-left-'));
  for (const [path, body] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), Buffer.from(body, 'base64'), { mode: 0o600 });
  }
  change(folder);
  return openHome({ folder, clock: testClock(at) });
}

/** What the lamp is told in the half hour to come, by minutes. */
async function goOn(home: TestHome): Promise<unknown[]> {
  const said: unknown[] = [];
  for (let minute = 1; minute <= 30; minute += 1) {
    const before = told(home).length;
    home.clock.advance(MINUTE);
    for (const text of told(home).slice(before)) said.push([minute, Number(/"level.level":([\d.]+)/.exec(text)![1])]);
  }
  return said;
}

for (const name of NAMES) {
  for (const [way, change] of Object.entries(WAYS)) {
    test(`the home of ${name} ${way}`, async () => {
      const left = read(name);
      const home = await start(left, change);
      const { machine, storage } = { machine: home.kernel.machine, storage: home.storage };
      assert.equal(storage.losses, []);
      assert.is(machine.core.variable('guests'), 4);
      assert.is(machine.presence.state('ada').presence, 'away');
      assert.is(machine.registry.get('schedules', 'light')?.name, 'Light');
      const history = historyService(machine.registry, storage.history, () => left.at);
      const from = new Date(left.at - 24 * 60 * MINUTE).toISOString();
      const { points } = await history({ device: 'virtual:thermometer', property: 'temperature.temperature', from });
      assert.equal(points.map(([, value]) => value), [15, 15.25, 15.5, 15.75, 16, 16.25, 16.5, 16.75, 17]); // prettier-ignore
      assert.equal(await goOn(home), THEN);
      await home.close();
    });
  }
}

test('a home is here of everything on disk as it is written now', async () => {
  const { formats } = JSON.parse(JSON.stringify(await leave())) as LeftHome;
  const known = NAMES.map((name) => JSON.stringify(read(name).formats));
  assert.ok(known.includes(JSON.stringify(formats)), `no home here has ${JSON.stringify(formats)}: see leave.ts`);
});

test.run();
