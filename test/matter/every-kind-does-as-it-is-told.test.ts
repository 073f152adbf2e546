// One home with a device of about every kind in it, each commanded through the hub's API. What counts is what the device itself
// holds afterwards.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { eventually } from '../home/harness.ts';
import { Household } from './household.ts';
import { enterNetwork } from './launch.ts';

const test = suite('every kind does as it is told');
const network = enterNetwork(import.meta.filename);

const KINDS = [
  'code-lock',
  'vacuum',
  'player',
  'washer',
  'oven',
  'refrigerator',
  'evse',
  'thermostat',
  'preset-thermostat',
  'fan',
  'blind',
  'gate',
  'valve',
  'two-buttons',
  'color-light',
  'climate',
] as const;
type Kind = (typeof KINDS)[number];

let home: Household<Kind>;
if (network === 'here') home = await Household.of(KINDS);

test.after(() => home.close());

const own = (kind: Kind) => home.own(kind);
const tell = (kind: Kind, body: object) => home.tell(kind, body);
const holds = (kind: Kind, cluster: string, wanted: object, part?: string) => home.holds(kind, cluster, wanted, part);
const comes = (kind: Kind, property: string, wanted: unknown) => home.comes(kind, property, wanted);

const users = async (): Promise<readonly Record<string, unknown>[]> =>
  (await own('code-lock').state())['doorLock']!['users'] as readonly Record<string, unknown>[];

test('a lock takes codes, changes them, knows whose they are and when, and forgets them', async () => {
  await tell('code-lock', { command: 'lock.setCode', args: { slot: 3, code: '1234' } });
  assert.is((await users()).length, 1);
  const short = { command: 'lock.setCode', args: { slot: 4, code: '12' } };
  const { status, body } = await home.answerTo(home.idOf('code-lock'), short);
  assert.ok(status === 422 || body.status === 'failed', JSON.stringify(body));
  const grace = { slot: 3, user: 'Grace', until: '2027-06-01T10:00:00Z', weekdays: ['mon', 'fri'] };
  await tell('code-lock', { command: 'lock.setUser', args: grace });
  const [user] = await users();
  assert.equal([user!['userName'], user!['userType']], ['Grace', 8]);
  const { weekDaySchedules, yearDaySchedules } = (await own('code-lock').state())['doorLock'] as Record<
    string,
    Record<string, unknown>[]
  >;
  assert.equal([weekDaySchedules!.length, yearDaySchedules!.length], [1, 1]);
  // As the clock on the wall shows it: the home is in Berlin, and it is summer.
  assert.is(Number(yearDaySchedules![0]!['localEndTime']) * 1000, Date.parse('2027-06-01T12:00:00Z'));
  await tell('code-lock', { command: 'lock.setCode', args: { slot: 3, code: '98765' } });
  assert.equal([(await users()).length, (await users())[0]!['userName']], [1, 'Grace']);
  await tell('code-lock', { command: 'lock.unlock', args: { code: '98765' } });
  await holds('code-lock', 'doorLock', { lockState: 2 });
  await home.happens(
    'code-lock',
    ({ event, detail }) => event === 'lock.operated' && JSON.stringify(detail ?? {}).includes('3'),
    'the lock says by which code',
  );
  await tell('code-lock', { command: 'lock.clearCode', args: { slot: 3 } });
  const { credentials } = (await own('code-lock').state())['doorLock'] as Record<string, never[]>;
  assert.is(credentials!.length, 0);
});

test('a lock knows the time, and where it is', async () => {
  const { timeSynchronization: clock } = await eventually(
    () => own('code-lock').state('root'),
    (state) => (state['timeSynchronization']!['dstOffset'] as unknown[]).length > 0,
    'its clock is set',
  );
  assert.ok(Math.abs(Number(clock!['utcTime']) / 1000 - Date.now()) < 60_000, JSON.stringify(clock));
  const [zone] = clock!['timeZone'] as Record<string, unknown>[];
  assert.equal([zone!['offset'], zone!['name']], [3600, 'Europe/Berlin']);
  const [summer] = clock!['dstOffset'] as Record<string, unknown>[];
  assert.is(summer!['offset'], 3600);
});

test('no code is kept or shown by the hub', async () => {
  const activity = await home.hub.ask('GET', '/api/activity?limit=200');
  assert.not.match(JSON.stringify(activity.body), /98765/);
  assert.not.match(home.hub.output(), /98765/);
});

test('a key in the lock is told as an event', async () => {
  await own('code-lock').press('lock');
  await home.happens('code-lock', ({ event }) => event === 'lock.operated', 'the lock was operated');
  await comes('code-lock', 'lock.state', 'locked');
});

test('a vacuum cleans what it is told, in the way it is told, pauses, and goes home', async () => {
  await tell('vacuum', { set: { 'vacuum.mode': 'Mop' } });
  await holds('vacuum', 'rvcCleanMode', { currentMode: 1 });
  await tell('vacuum', { command: 'vacuum.start', args: { areas: ['Hall'] } });
  await holds('vacuum', 'serviceArea', { selectedAreas: [2] });
  await holds('vacuum', 'rvcRunMode', { currentMode: 1 });
  await own('vacuum').set({ rvcOperationalState: { operationalState: 1 } });
  await comes('vacuum', 'vacuum.state', 'cleaning');
  await tell('vacuum', { command: 'vacuum.pause' });
  await comes('vacuum', 'vacuum.state', 'paused');
  await tell('vacuum', { command: 'vacuum.start' });
  await comes('vacuum', 'vacuum.state', 'cleaning');
  await tell('vacuum', { command: 'vacuum.dock' });
  await comes('vacuum', 'vacuum.state', 'returning');
  await tell('vacuum', { command: 'vacuum.locate' });
});

test('a player plays and pauses, its speaker has volume and is muted', async () => {
  await tell('player', { command: 'media.play' });
  await holds('player', 'mediaPlayback', { currentState: 0 });
  await comes('player', 'media.playback', 'playing');
  await tell('player', { command: 'media.pause' });
  await comes('player', 'media.playback', 'paused');
  await tell('player', { command: 'media.next' });
  await tell('player', { command: 'media.seek', args: { position: 90.5 } });
  await comes('player', 'media.position', 90.5);
  const beyond = await home.answerTo(home.idOf('player'), { command: 'media.seek', args: { position: 9000 } });
  assert.is(beyond.body.status, 'failed', JSON.stringify(beyond.body));
  await tell('player', { set: { 'media.source': 'Aerial' } });
  await holds('player', 'mediaInput', { currentInput: 4 });
  await comes('player', 'media.source', 'Aerial');
  const { number } = (await own('player').view()).endpoints['speaker']!;
  await tell('player', { set: { 'media.volume': 0.25 } });
  await holds('player', 'levelControl', { currentLevel: 64 }, 'speaker');
  await tell('player', { set: { 'media.muted': true }, endpoint: String(number) });
  await holds('player', 'onOff', { onOff: false }, 'speaker');
  await holds('player', 'onOff', { onOff: true });
});

test('machines take a program, start, pause, go on and stop', async () => {
  await tell('washer', { set: { 'appliance.program': 'Delicate' } });
  await holds('washer', 'laundryWasherMode', { currentMode: 1 });
  const becomes = { start: 'running', pause: 'paused', resume: 'running', stop: 'stopped' };
  for (const [command, state] of Object.entries(becomes)) {
    await tell('washer', { command: `appliance.${command}` });
    await comes('washer', 'appliance.state', state);
  }
  await own('washer').set({ operationalState: { currentPhase: 2 } });
  await comes('washer', 'appliance.phase', 'Spin');
});

test('an oven takes a temperature and a program, a refrigerator cools rapidly', async () => {
  await tell('oven', { set: { 'generic.targetTemperature': 200 } });
  await holds('oven', 'temperatureControl', { temperatureSetpoint: 20_000 }, 'cavity');
  await tell('oven', { set: { 'appliance.program': 'Grill' } });
  await holds('oven', 'ovenMode', { currentMode: 1 }, 'cavity');
  await tell('refrigerator', { set: { 'appliance.program': 'Rapid cool' } });
  await holds('refrigerator', 'refrigeratorAndTemperatureControlledCabinetMode', { currentMode: 1 }, 'fridge');
});

test('a wall box is limited, and stopped by a limit of nothing', async () => {
  await tell('evse', { set: { 'evse.limit': 10 } });
  await holds('evse', 'energyEvse', { maximumChargeCurrent: 10_000, supplyState: 1 });
  await tell('evse', { set: { 'evse.limit': 0 } });
  await holds('evse', 'energyEvse', { supplyState: 0 });
  await comes('evse', 'evse.limit', 0);
  await tell('evse', { set: { 'generic.energyEvseMode': 'Timed' } });
  await holds('evse', 'energyEvseMode', { currentMode: 1 });
});

test('a thermostat takes mode and setpoints, and refuses what its dead band forbids', async () => {
  await tell('thermostat', { set: { 'thermostat.heatingSetpoint': 21.5, 'thermostat.coolingSetpoint': 27 } });
  await holds('thermostat', 'thermostat', { occupiedHeatingSetpoint: 2150, occupiedCoolingSetpoint: 2700 });
  for (const [mode, number] of Object.entries({ auto: 1, cool: 3, off: 0, heat: 4 })) {
    await tell('thermostat', { set: { 'thermostat.mode': mode } });
    await holds('thermostat', 'thermostat', { systemMode: number });
  }
  const { status } = await home.answerTo(home.idOf('thermostat'), { set: { 'thermostat.heatingSetpoint': 40 } });
  assert.is(status, 422);
  await own('thermostat').set({ thermostat: { localTemperature: 1875 } });
  await comes('thermostat', 'temperature.temperature', 18.75);
});

test('a preset is chosen by its name', async () => {
  await tell('preset-thermostat', { set: { 'thermostat.preset': 'sleep' } });
  const { activePresetHandle } = (await own('preset-thermostat').state())['thermostat']!;
  assert.ok(activePresetHandle !== null);
  await comes('preset-thermostat', 'thermostat.preset', 'sleep');
});

test('a fan turns as fast as it is told, by share and by word', async () => {
  await tell('fan', { set: { 'fan.speed': 0.7 } });
  await holds('fan', 'fanControl', { percentSetting: 70 });
  await tell('fan', { set: { 'fan.mode': 'off' } });
  await comes('fan', 'fan.speed', 0);
  await tell('fan', { set: { 'fan.mode': 'auto' } });
  await holds('fan', 'fanControl', { fanMode: 5 });
});

test('a blind goes where it is told and tilts, and a valve opens and closes', async () => {
  await tell('blind', { set: { 'cover.position': 0.25, 'cover.tilt': 0.5 } });
  await comes('blind', 'cover.position', 0.25);
  await comes('blind', 'cover.tilt', 0.5);
  await holds('blind', 'windowCovering', { currentPositionLiftPercent100ths: 7500 });
  await tell('blind', { command: 'cover.open' });
  await comes('blind', 'cover.state', 'open');
  await tell('blind', { command: 'cover.stop' });
  await tell('valve', { set: { 'valve.open': true } });
  await holds('valve', 'valveConfigurationAndControl', { currentState: 1 });
  await tell('valve', { set: { 'valve.open': false } });
  await comes('valve', 'valve.open', false);
});

test('a gate opens, closes and says what is in its way', async () => {
  await tell('gate', { command: 'cover.open' });
  await comes('gate', 'cover.moving', 'opening');
  await comes('gate', 'cover.state', 'open');
  await own('gate').set({ closureControl: { currentErrorList: [1] } });
  await comes('gate', 'cover.obstructed', true);
  await tell('gate', { command: 'cover.close' });
  await comes('gate', 'cover.state', 'closed');
  await tell('gate', { command: 'cover.stop' });
  await tell('gate', { set: { 'cover.position': 0.25 } });
  await holds('gate', 'closureDimension', { targetState: { position: 7500 } }, 'wing');
  await comes('gate', 'cover.position', 0.25);
});

test('what has ends finds them anew when it is told to', async () => {
  await tell('gate', { command: 'cover.calibrate' });
  await holds('gate', 'closureControl', { mainState: 4 });
  await tell('blind', { command: 'cover.calibrate' });
  const { mode } = (await own('blind').state())['windowCovering'] as Record<string, Record<string, unknown>>;
  assert.is(mode!['calibrationMode'], true);
  await tell('blind', { command: 'cover.close' });
  await comes('blind', 'cover.state', 'closed');
});

test('each gesture of each button is told, and once', async () => {
  const numbers = (await own('two-buttons').view()).endpoints;
  const right = String(numbers['right']!.number);
  for (const action of ['single', 'double', 'triple', 'hold']) {
    await own('two-buttons').press(action, 'right');
    await home.happens(
      'two-buttons',
      (frame) => frame['action'] === action && String(frame['button']) === right,
      `${action} of the right button`,
    );
  }
  await home.happens('two-buttons', ({ action }) => action === 'release', 'the release');
  const told = home.live.frames.filter(({ topic, device }) => topic === 'event' && device === home.idOf('two-buttons'));
  assert.equal(
    told.map(({ action }) => action),
    ['single', 'double', 'triple', 'hold', 'release'],
  );
});

test('a lamp fades, and says its level to be the one that it will have', async () => {
  await tell('color-light', { set: { 'onOff.on': true, 'level.level': 1, 'color.temperature': 2500 } });
  await comes('color-light', 'color.temperature', 2500);
  await tell('color-light', { command: 'color.step', args: { by: 200 } });
  await holds('color-light', 'colorControl', { colorTemperatureMireds: 370 });
  const before = home.live.frames.length;
  await tell('color-light', { set: { 'level.level': 0.25 }, transition: '4s' });
  await comes('color-light', 'level.level', 0.252);
  const during = (await own('color-light').state())['levelControl']!['currentLevel'] as number;
  assert.ok(during > 64, `on its way at ${during}`);
  await eventually(
    () => own('color-light').state(),
    (state) => state['levelControl']!['currentLevel'] === 64,
    'it has arrived',
  );
  const levels = home.live.frames
    .slice(before)
    .filter(({ property, device }) => property === 'level.level' && device === home.idOf('color-light'));
  assert.equal(
    levels.map(({ value }) => value),
    [0.252],
  );
});

test('a composed device is one device that says what all its parts say', async () => {
  const { kind, properties } = await home.shown(home.idOf('climate'));
  assert.is(kind, 'sensor');
  assert.equal(
    ['temperature.temperature', 'humidity.humidity', 'battery.level'].map((name) => properties[name].value),
    [20.1, 52, 1],
  );
});

if (network === 'here') test.run();
else if (network === 'none') {
  const left = suite('every kind does as it is told: left out, this machine allows no network namespace (unshare)');
  left.skip('every test of it', () => {});
  left.run();
}
