import { generateKeyPairSync, sign } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { HubError } from '@lintel/model';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

import { Listing } from '../../src/plugins/listing.ts';
import type { ListingOptions } from '../../src/plugins/listing.ts';
import { Bench, FIXTURES } from './harness.ts';

const scratch = mkdtempSync(join(tmpdir(), 'lintel-listing-'));
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const LAMP = { packageName: 'lintel-plugin-lamp', version: '1.2.3', source: 'file:/lamp' };
const REASON = 'it sends what it hears to strangers';

let count = 0;
/** A folder with these files in it. */
function folderWith(files: Readonly<Record<string, unknown>>): string {
  const folder = join(scratch, String((count += 1)));
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(content));
  return folder;
}

function signed(list: unknown): unknown {
  return { list, signature: sign(null, Buffer.from(JSON.stringify(list)), privateKey).toString('base64') };
}

const revoking = (serial: number, ...revoked: object[]): unknown => signed({ serial, revoked });

interface Made {
  readonly listing: Listing;
  readonly warnings: readonly string[];
}

function make(data: object, shipped: object = {}, more: Partial<ListingOptions> = {}): Made {
  const warnings: string[] = [];
  const listing = new Listing({
    data: folderWith(data as Record<string, unknown>),
    shipped: folderWith(shipped as Record<string, unknown>),
    key,
    checksRevocations: true,
    warn: (text) => warnings.push(text),
    ...more,
  });
  return { listing, warnings };
}

test('the lists that come with Lintel bear its signature', () => {
  const warnings: string[] = [];
  const listing = new Listing({ data: scratch, checksRevocations: true, warn: (text) => warnings.push(text) });
  assert.equal(warnings, []);
  assert.equal(listing.of(LAMP), { state: 'unlisted', reason: null });
  assert.is(listing.of({ ...LAMP, source: null }).state, 'included');
});

test('a plugin is revoked by its package, in the versions named or in all', () => {
  const { listing } = make({
    'revocations.json': revoking(
      1,
      { package: 'lintel-plugin-lamp', versions: ['1.2.3', '1.2.2'], reason: REASON },
      { package: 'lintel-plugin-spy', reason: REASON },
    ),
  });
  assert.equal(listing.of(LAMP), { state: 'revoked', reason: REASON });
  assert.is(listing.of({ ...LAMP, version: '1.2.4' }).state, 'unlisted');
  assert.is(listing.of({ ...LAMP, packageName: 'lintel-plugin-spy', version: '9.9.9' }).state, 'revoked');
});

test('a list without a good signature is passed over and named; people may opt out', () => {
  const entry = { package: 'lintel-plugin-lamp', reason: REASON };
  const good = revoking(2, entry) as { list: { serial: number }; signature: string };
  const bad: unknown[] = [
    { list: good.list },
    { ...good, list: { ...good.list, serial: 3 } },
    { ...good, signature: 'AAAA' },
    signed({ serial: 'x', revoked: [entry] }),
    [],
    'text',
  ];
  for (const each of bad) {
    const { listing, warnings } = make({ 'revocations.json': each });
    assert.is(listing.of(LAMP).state, 'unlisted', JSON.stringify(each));
    assert.match(warnings.join(), 'signature');
  }
  assert.is(make({ 'revocations.json': good }, {}, { checksRevocations: false }).listing.of(LAMP).state, 'unlisted');
});

test('of two lists the newer counts, wherever it lies', () => {
  const [older, newer] = [revoking(1, { package: 'lintel-plugin-lamp', reason: REASON }), revoking(2)];
  assert.is(make({ 'revocations.json': older }, { 'revocations.json': newer }).listing.of(LAMP).state, 'unlisted');
  assert.is(make({ 'revocations.json': newer }, { 'revocations.json': older }).listing.of(LAMP).state, 'unlisted');
});

test('the catalogue names what is listed; one in the data folder takes its place', () => {
  const item = { source: 'npm:lintel-plugin-lamp', id: 'lamp', name: 'Lamps', description: 'Lamps.' };
  const { listing } = make({ 'catalogue.json': { plugins: [item] } });
  assert.equal(listing.catalogue, [item]);
  assert.is(listing.of({ ...LAMP, source: item.source }).state, 'listed');
  assert.is(
    make({ 'catalogue.json': { plugins: [{}] } }, { 'catalogue.json': { plugins: [item] } }).warnings.length,
    1,
  );
});

test('a revoked plugin is neither brought nor started, and says why', async () => {
  const { listing } = make({ 'revocations.json': revoking(1, { package: 'lintel-plugin-lamp', reason: REASON }) });
  const bench = new Bench(['lamp'], { listing });
  const info = await bench.host.start('lamp', {});
  assert.is(info.status, 'failed');
  assert.match(info.health.message!, REASON);
  assert.equal(info.listing, { state: 'revoked', reason: REASON });
  assert.equal(bench.devices.size, 0);
  const folder = join(scratch, 'copied');
  cpSync(join(FIXTURES, 'lamp'), folder, { recursive: true });
  const path = join(folder, 'package.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"id": "lamp"', '"id": "lamp2"'));
  const refused: HubError = await bench.host.install(`file:${folder}`).then(
    () => assert.unreachable(),
    (error) => error,
  );
  assert.equal([refused.code, refused.pointer], ['BAD_VALUE', '/source']);
  assert.match(refused.message, REASON);
  await bench.close();
});

test.after(() => rmSync(scratch, { recursive: true, force: true }));
test.run();
