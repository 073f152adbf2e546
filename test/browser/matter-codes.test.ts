// Matter in the browser: a code that is typed or read from a photo, a device shared with another ecosystem, and the bridge.

import { generate } from 'lean-qr';
import { toPngBuffer } from 'lean-qr/extras/node_export';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openBench } from './bench.ts';
import { MATTER } from './furnished-plugins.ts';
import { comesToBe, axe, expectErrors } from './harness.ts';

const CODE = 'MT:Y.K90SO527JA0648G00';
const Codes = suite('matter codes');
const bench = await openBench();
bench.hub.plugins.set('matter', MATTER);
Codes.after(() => bench.close());

const photo = (text: string): { name: string; mimeType: string; buffer: Buffer } => ({
  name: 'code.png',
  mimeType: 'image/png',
  buffer: Buffer.from(toPngBuffer(generate(text), { scale: 8, pad: 4, off: [255, 255, 255] })),
});

interface Filmed {
  film: MediaStream;
}

/** Runs in the page: its camera looks at this picture. */
async function filmed(picture: string): Promise<void> {
  const image = new Image();
  image.src = picture;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
  const board = canvas.getContext('2d')!;
  const draw = (): void => {
    board.fillStyle = 'white';
    board.fillRect(0, 0, canvas.width, canvas.height);
    board.drawImage(image, 100, 50);
    requestAnimationFrame(draw);
  };
  draw();
  const film = canvas.captureStream(10);
  (window as unknown as { film: MediaStream }).film = film;
  navigator.mediaDevices.getUserMedia = () => Promise.resolve(film);
}

Codes('a pairing code is read from a photo, and starts the pairing', async () => {
  const { page, errors, close } = await bench.visit('/pairing?plugin=matter', { device: 'phone' });
  await page.setInputFiles('input[type=file]', photo(CODE));
  await page.waitForFunction(
    (code) => document.querySelector<HTMLInputElement>('input[id^=code]')?.value === code,
    CODE,
  );
  assert.equal(await axe(page), []);
  const asked = page.waitForRequest((request) => request.method() === 'POST' && request.url().includes('/pairing'));
  await page.getByRole('button', { name: 'Start' }).click();
  assert.equal((await asked).postDataJSON(), { code: CODE });
  assert.equal(errors, []);
  await close();
});

Codes('a pairing code is read by the camera, with a decoder that the hub serves, and the camera goes off', async () => {
  const { page, errors, close } = await bench.visit('/pairing?plugin=matter', { device: 'phone' });
  const decoders: string[] = [];
  page.on(
    'request',
    (request) => void (request.url().endsWith('.wasm') && decoders.push(new URL(request.url()).origin)),
  );
  await page.evaluate(filmed, `data:image/png;base64,${photo(CODE).buffer.toString('base64')}`);
  await page.getByRole('button', { name: 'Scan with the camera' }).click();
  await page.waitForFunction(
    (code) => document.querySelector<HTMLInputElement>('input[id^=code]')?.value === code,
    CODE,
  );
  await page.waitForFunction(() =>
    (window as unknown as Filmed).film.getTracks().every((each) => each.readyState === 'ended'),
  );
  assert.is(await page.locator('video').count(), 0);
  assert.ok(
    decoders.every((origin) => origin === new URL(bench.url).origin),
    decoders.join(),
  );
  assert.ok(decoders.length > 0, 'the decoder comes from the hub');
  assert.equal(errors, []);
  await close();
});

Codes('who is refused for want of a certificate comes in on a person’s word, and the code is spent', async () => {
  const { page, errors, close } = await bench.visit('/pairing?plugin=matter');
  const field = page.getByRole('textbox', { name: 'Pairing code' });
  await field.fill(CODE);
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByText('could not prove').first().waitFor();
  assert.is(await page.getByRole('button', { name: 'Stop looking' }).count(), 0, 'one code, one device: it is over');
  assert.equal(await axe(page), []);
  await page.getByRole('button', { name: /^Add it although/ }).click();
  await page.locator('lintel-pair-card').getByText('Ready').waitFor();
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input[id^=code]')?.value === '');
  assert.is(await page.getByRole('button', { name: 'Look for more' }).count(), 1);
  assert.equal(errors, []);
  await close();
});

Codes('a code that is missing, unreadable or refused is said at the field', async () => {
  bench.hub.pairings.clear();
  const { page, errors, close } = await bench.visit('/pairing?plugin=matter');
  const field = page.getByRole('textbox', { name: 'Pairing code' });
  const says = (text: RegExp) => page.locator('p.error', { hasText: text }).waitFor();
  await page.getByRole('button', { name: /Start|Look for more/ }).click();
  await says(/Type or scan/);
  const blank = {
    name: 'wall.png',
    mimeType: 'image/png',
    buffer: Buffer.from(toPngBuffer(generate('x'), { on: [255, 255, 255], off: [255, 255, 255] })),
  };
  await page.setInputFiles('input[type=file]', blank);
  await says(/No code could be read/);
  await field.fill('123');
  await page.getByRole('button', { name: /Start|Look for more/ }).click();
  await says(/check digit/);
  await comesToBe(() => field.getAttribute('aria-invalid'), 'true');
  expectErrors(errors, /422/);
  assert.equal(errors, []);
  await close();
});

Codes('the bridge shows its code, and who is connected can be disconnected', async () => {
  const { page, errors, close } = await bench.visit('/plugins/matter');
  await page.getByRole('img', { name: 'Code to add this home elsewhere' }).waitFor();
  await page.getByText('34970112332').waitFor();
  assert.equal(await axe(page), []);
  await page.getByText('Closed to others').waitFor();
  await page.getByText('2 devices are offered').click();
  const [first] = bench.hub.devices.values();
  const link = page.getByRole('listitem').getByRole('link', { name: first!.name });
  assert.is(await link.getAttribute('href'), `/devices/${encodeURIComponent(first!.id)}`);
  assert.equal(await axe(page), []);
  await page.getByRole('button', { name: 'Disconnect Apple Home' }).click();
  await page.getByText('It loses every device').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  assert.is(bench.hub.fabrics.length, 1, 'nothing is lost by one press');
  await page.getByRole('button', { name: 'Disconnect Apple Home' }).click();
  assert.equal(await axe(page), []);
  await page.getByRole('button', { name: 'Disconnect Apple Home' }).click();
  await page.getByText('None is connected yet.').waitFor();
  assert.equal(bench.hub.fabrics, []);
  assert.equal(errors, []);
  await close();
});

Codes('what the bridge shows is chosen by name', async () => {
  const { page, errors, close } = await bench.visit('/plugins/matter');
  await page.getByLabel('Add devices').selectOption({ label: 'Hall lamp' });
  await page
    .getByRole('group', { name: 'Devices' })
    .getByRole('button', { name: 'Hall lamp', pressed: true })
    .waitFor();
  await page.getByRole('group', { name: 'Rooms' }).getByRole('button', { name: 'Kitchen' }).click();
  assert.equal(await axe(page), []);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Matter is saved').waitFor();
  const { bridge } = bench.hub.plugins.get('matter')!.settings as { bridge: { devices: string[]; rooms: string[] } };
  assert.equal([bridge.devices, bridge.rooms], [['virtual:hall-lamp'], ['kitchen']]);
  assert.equal(errors, []);
  await close();
});

Codes('a Matter device is shared with another ecosystem by a code', async () => {
  const [lamp] = bench.hub.devices.values();
  bench.hub.devices.set('matter:12', { ...lamp!, id: 'matter:12', name: 'Matter lamp', plugin: 'matter' });
  const { page, errors, close } = await bench.visit('/devices/matter:12', { device: 'phone' });
  await page.getByRole('button', { name: 'Share with another ecosystem' }).click();
  await page.getByRole('img', { name: 'Code to add Matter lamp elsewhere' }).waitFor();
  assert.equal(await axe(page), []);
  assert.equal(errors, []);
  await close();
});

Codes.run();
