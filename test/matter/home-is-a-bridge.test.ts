// The home shown to other ecosystems over Matter, through a real hub, with independent controllers as the ecosystems: what they
// see is what was chosen, what they do carries their name, and what they know of a device is true for ever.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { eventually, type Hub } from '../home/harness.ts';
import { again, bridgedHome, bridgeOf, bridging } from './bridge.ts';
import { enterNetwork, launchEcosystem, type Ecosystem } from './launch.ts';

const test = suite('home is a bridge');
const network = enterNetwork(import.meta.filename);

/** A machine under load takes its time to load the plugin again. */
const SEEN_LIMIT_MS = 60_000;
const LAMP = 'virtual:lamp-1';
const OTHER = 'virtual:lamp-2';
const DOOR = 'virtual:door';
const CHOSEN = { include: { devices: [LAMP, DOOR, 'virtual:thermo'] } };
const VIRTUAL = {
  lamps: 2,
  devices: [
    { id: 'door', kind: 'lock', name: 'Front door' },
    { id: 'thermo', kind: 'thermostat', name: 'Thermostat' },
  ],
};

let hub: Hub;
let apple: Ecosystem;
let google: Ecosystem;
let onApple: string;

type Seen = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const numberOf = async (device: string): Promise<number> => {
  const found = (await bridgeOf(hub)).endpoints.find((each) => each.device === device);
  if (found === undefined) throw new Error(`${device} is not on the bridge`);
  return found.number;
};
const seenBy = async (ecosystem: Ecosystem, peer: string, number: number): Promise<Seen | undefined> =>
  (await ecosystem.view(peer)).endpoints[number]?.state as Seen | undefined;
const untilSeen = (number: number, fits: (seen: Seen | undefined) => boolean, what: string): Promise<unknown> =>
  eventually(() => seenBy(apple, onApple, number), fits, what, SEEN_LIMIT_MS);
const property = async (device: string, name: string) =>
  (await hub.ask('GET', `/api/devices/${device}`)).body.properties[name];
const untilHome = (device: string, name: string, fits: (value: unknown) => boolean): Promise<unknown> =>
  eventually(
    () => property(device, name),
    ({ value }) => fits(value),
    `${device} ${name}`,
  );
/** An ecosystem may try an old session first, until it has noticed that there was a power cut. */
const commandUntilTaken = (number: number, name: string): Promise<unknown> =>
  eventually(
    () =>
      apple.command(onApple, number, 'onOff', name).then(
        () => 'taken',
        (error: Error) => error.message,
      ),
    (answer) => answer === 'taken',
    'the command is taken',
    60_000,
  );
/** The events of the lock that the first ecosystem heard of. */
const told = async (): Promise<object[]> =>
  (await apple.changes())
    .filter(({ behavior, event }) => behavior === 'doorLock' && event !== undefined)
    .map(({ event, values: { userIndex: _user, sourceNode: _node, ...rest } }) => ({ event, ...rest }));
const command = (device: string, body: unknown) => hub.ask('POST', `/api/devices/${device}/commands`, body);

if (network === 'here') {
  [hub, apple, google] = await Promise.all([
    bridgedHome(VIRTUAL, CHOSEN),
    launchEcosystem('Apple Home', 0x1349),
    launchEcosystem('Google Home', 0x6006),
  ]);
}
test.after(async () => {
  await Promise.all([hub.kill(), apple.close(), google.close()]);
});

test('its codes are there as soon as it is enabled, and it shows what was chosen but no lock', async () => {
  const bridge = await bridgeOf(hub);
  assert.match(bridge.qr, /^MT:/);
  assert.match(bridge.manual, /^\d{11}$/);
  assert.ok(bridge.window);
  assert.equal(bridge.fabrics, []);
  assert.equal(bridge.endpoints.map(({ device }) => device).toSorted(), [LAMP, 'virtual:thermo']);
});

test('an ecosystem connects with the QR text and is listed', async () => {
  onApple = await apple.commission((await bridgeOf(hub)).qr);
  const { fabrics } = await bridgeOf(hub);
  assert.equal(
    fabrics.map(({ label, vendor }) => ({ label, vendor })),
    [{ label: 'Apple Home', vendor: 0x1349 }],
  );
  const seen = await seenBy(apple, onApple, await numberOf(LAMP));
  assert.is(seen!['bridgedDeviceBasicInformation']!['nodeLabel'], 'Lamp 1');
});

test('a command comes in with the name of its ecosystem, level and time together', async () => {
  const number = await numberOf(LAMP);
  const dim = { level: 127, transitionTime: 5, optionsMask: {}, optionsOverride: {} };
  await apple.command(onApple, number, 'levelControl', 'moveToLevelWithOnOff', dim);
  await untilHome(LAMP, 'level.level', (level) => level === 0.5);
  const { value, origin } = await property(LAMP, 'onOff.on');
  assert.is(value, true);
  assert.equal(origin, { kind: 'matter', name: 'Apple Home' });
  const why = await hub.ask('GET', `/api/why?device=${LAMP}&property=level.level`);
  assert.ok(why.body.chain.some((link: { origin: { name?: string } }) => link.origin.name === 'Apple Home'));
});

test('colour and whites come in as they are', async () => {
  const number = await numberOf(LAMP);
  const rest = { transitionTime: 0, optionsMask: {}, optionsOverride: {} };
  const warm = { colorTemperatureMireds: 400, ...rest };
  await apple.command(onApple, number, 'colorControl', 'moveToColorTemperature', warm);
  await untilHome(LAMP, 'color.temperature', (kelvin) => kelvin === 2500);
  await apple.command(onApple, number, 'colorControl', 'moveToHueAndSaturation', {
    hue: 127,
    saturation: 254,
    ...rest,
  });
  await untilHome(LAMP, 'color.hue', (hue) => Math.abs(Number(hue) - 180) < 1);
  assert.is((await property(LAMP, 'color.mode')).value, 'hs');
});

test('what happens at home is seen by the ecosystem', async () => {
  const number = await numberOf(LAMP);
  await command(LAMP, { set: { 'onOff.on': false } });
  await untilSeen(number, (seen) => seen?.['onOff']?.['onOff'] === false, 'the lamp is off');
  await hub.ask('PATCH', `/api/devices/${LAMP}`, { name: 'Reading lamp' });
  const named = (seen: Seen | undefined): boolean =>
    seen?.['bridgedDeviceBasicInformation']?.['nodeLabel'] === 'Reading lamp';
  await untilSeen(number, named, 'the new name');
});

test('a setpoint is written, and the thermostat has it', async () => {
  const number = await numberOf('virtual:thermo');
  const composed = await apple.view(onApple);
  const [at] = Object.entries(composed.endpoints).find(
    ([own, { parent, state }]) =>
      (Number(own) === number || parent === number) && (state as Seen)['thermostat'] !== undefined,
  )!;
  await apple.set(onApple, Number(at), { thermostat: { occupiedHeatingSetpoint: 2250 } });
  await untilHome('virtual:thermo', 'thermostat.heatingSetpoint', (value) => value === 22.5);
});

test('what is chosen anew appears while it runs, a lock only with a word for it, and numbers outlive going and coming', async () => {
  const { restarts } = (await hub.ask('GET', '/api/plugins/matter')).body.health;
  const number = await numberOf(LAMP);
  const unique = (await bridgeOf(hub)).endpoints.find(({ device }) => device === LAMP)!.uniqueId;
  await bridging(hub, { include: { devices: [OTHER, DOOR] }, locks: true });
  const shown = (devices: readonly string[]) =>
    eventually(
      () => bridgeOf(hub),
      ({ endpoints }) => JSON.stringify(endpoints.map(({ device }) => device).toSorted()) === JSON.stringify(devices),
      `the bridge shows ${devices.join(', ')}`,
    );
  await shown([DOOR, OTHER]);
  await untilSeen(number, (seen) => seen === undefined, 'the first lamp is gone');
  const door = await numberOf(DOOR);
  const sensed = (seen: Seen | undefined): boolean => seen?.['doorLock']?.['lockState'] === 1;
  await untilSeen(door, sensed, 'the lock is seen, locked');
  await apple.forget();
  await apple.command(onApple, door, 'doorLock', 'unlockDoor', {});
  await untilHome(DOOR, 'lock.state', (state) => state === 'unlocked');
  const jammed = { device: DOOR, values: { 'lock.state': 'jammed' } };
  await eventually(told, (all) => all.length > 0, 'the lock tells that it was operated', SEEN_LIMIT_MS);
  assert.is((await hub.ask('POST', '/api/plugins/virtual/report', jammed)).status, 200);
  await eventually(told, (all) => all.length > 1, 'the lock tells that it is stuck', SEEN_LIMIT_MS);
  assert.equal(await told(), [
    { event: 'lockOperation', lockOperationType: 1, operationSource: 7, fabricIndex: 1 },
    { event: 'doorLockAlarm', alarmCode: 0 },
  ]);
  await bridging(hub, CHOSEN);
  await shown([LAMP, 'virtual:thermo']);
  assert.is(await numberOf(LAMP), number);
  assert.is((await bridgeOf(hub)).endpoints.find(({ device }) => device === LAMP)!.uniqueId, unique);
  assert.is((await hub.ask('GET', '/api/plugins/matter')).body.health.restarts, restarts);
});

test('a second ecosystem connects through a window with the same code', async () => {
  const { qr } = await bridgeOf(hub);
  assert.is((await bridgeOf(hub)).window, null);
  const opened = await hub.ask('POST', '/api/plugins/matter/bridge/window', { seconds: 60 });
  assert.is(opened.status, 200, JSON.stringify(opened.body));
  assert.is(opened.body.qr, qr);
  assert.ok(opened.body.window.until);
  const onGoogle = await google.commission(opened.body.manual);
  await google.command(onGoogle, await numberOf(LAMP), 'onOff', 'on');
  await untilHome(LAMP, 'onOff.on', (on) => on === true);
  assert.equal((await property(LAMP, 'onOff.on')).origin, { kind: 'matter', name: 'Google Home' });
  assert.equal(
    (await bridgeOf(hub)).fabrics.map(({ label }) => label),
    ['Apple Home', 'Google Home'],
  );
});

test('pairings, codes and numbers outlive the power', async () => {
  const before = await bridgeOf(hub);
  await hub.kill();
  hub = await again(hub);
  const after = await bridgeOf(hub);
  assert.equal(after.fabrics, before.fabrics);
  assert.is(after.qr, before.qr);
  assert.equal(after.endpoints, before.endpoints);
  await commandUntilTaken(await numberOf(LAMP), 'on');
  await untilHome(LAMP, 'onOff.on', (on) => on === true);
  await commandUntilTaken(await numberOf(LAMP), 'off');
  await untilHome(LAMP, 'onOff.on', (on) => on === false);
});

test('an ecosystem is disconnected, the other stays', async () => {
  const { fabrics } = await bridgeOf(hub);
  const google = fabrics.find(({ label }) => label === 'Google Home')!;
  assert.is((await hub.ask('DELETE', `/api/plugins/matter/bridge/fabrics/${google.index}`)).status, 204);
  assert.is((await hub.ask('DELETE', `/api/plugins/matter/bridge/fabrics/${google.index}`)).status, 404);
  assert.equal(
    (await bridgeOf(hub)).fabrics.map(({ label }) => label),
    ['Apple Home'],
  );
  await apple.command(onApple, await numberOf(LAMP), 'onOff', 'on');
  await untilHome(LAMP, 'onOff.on', (on) => on === true);
});

if (network === 'here') test.run();
else if (network === 'none') {
  const left = suite('home is a bridge: left out, this machine allows no network namespace (unshare)');
  left.skip('every test of it', () => {});
  left.run();
}
