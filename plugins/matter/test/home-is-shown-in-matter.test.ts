// Devices of the home as Matter endpoints: which types they get, what follows the home, and what a command comes to.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import {
  appliance,
  button,
  energy,
  media,
  vacuum,
  endpoint,
  onOff,
  power,
  type CapabilityDescription,
  type HomeDevice,
  type Values,
} from '@lintel/sdk';

import { BridgedHome, deviceOf } from './bridged-home.ts';

const test = suite('home is shown in Matter');

const PLUG = 0x10a;
const METER = 0x510;
const BUTTON = 0x0f;

let home: BridgedHome;

const only = async (kind: HomeDevice['kind'], capabilities: readonly CapabilityDescription[], values?: Values) => {
  home = await BridgedHome.open([deviceOf('device', kind, [endpoint(...capabilities)], values)]);
};
const report = (values: Values): Promise<void> => home.hear({ type: 'values', id: 'device', endpoint: '1', values });
const press = (data: Readonly<Record<string, unknown>>, at = '1'): Promise<void> =>
  home.hear({ type: 'event', id: 'device', endpoint: at, event: 'button.pressed', data });
const holds = (behavior: string, wanted: Readonly<Record<string, unknown>>): void => {
  const state = home.state('device', behavior);
  const held = Object.fromEntries(Object.keys(wanted).map((name) => [name, state[name]]));
  assert.equal(JSON.parse(JSON.stringify(held)), wanted);
};

test.after.each(async () => {
  assert.equal(home.failures, []);
  await home.close();
});

test('a plug tells what it takes beside its switch', async () => {
  await only('plug', [
    onOff(),
    power({ properties: ['power', 'voltage', 'current'] }),
    energy({ properties: ['imported'] }),
  ]);
  const [plug] = home.seen('device');
  assert.ok([PLUG, METER].every((type) => plug!.types.includes(type)));
  holds('electricalPowerMeasurement', { activePower: null, voltage: null, activeCurrent: null });
  holds('electricalEnergyMeasurement', { cumulativeEnergyImported: null });
  await report({ 'power.power': 12.345, 'power.voltage': 230.1, 'power.current': 0.053, 'energy.imported': 1.5 });
  holds('electricalPowerMeasurement', { activePower: 12_345, voltage: 230_100, activeCurrent: 53 });
  holds('electricalEnergyMeasurement', { cumulativeEnergyImported: { energy: 1_500_000 } });
});

test('each phase of a meter is a meter, and what no attribute can hold is held at its limit', async () => {
  const phases = ['1', 'phase-a'].map((id) => endpoint({ id }, power({ properties: ['power', 'factor'] })));
  home = await BridgedHome.open([deviceOf('device', 'meter', phases, { 'power.power': 1e300, 'power.factor': -0.98 })]);
  const [node, ...meters] = home.seen('device');
  assert.not.ok(node!.types.includes(METER));
  assert.equal(
    meters.map(({ types }) => types),
    [[METER], [METER]],
  );
  holds('electricalPowerMeasurement', { activePower: 1_000_000_000_000, powerFactor: -9800 });
});

const heard: string[] = [];
function listen(): void {
  heard.length = 0;
  for (const { endpoint: at, state, number } of home.seen('device')) {
    if (!('switch' in state)) continue;
    const events = at.eventsOf('switch') as unknown as Record<string, { on(hear: (body: object) => void): void }>;
    for (const name of [
      'initialPress',
      'shortRelease',
      'longPress',
      'longRelease',
      'multiPressOngoing',
      'multiPressComplete',
    ])
      events[name]?.on((body) => void heard.push([number, name, ...Object.values(body)].join(' ')));
  }
}
const told = (): string[] => heard.splice(0).map((each) => each.slice(each.indexOf(' ') + 1));

test('a button tells of its presses one by one, with no more than it has', async () => {
  await only('button', [button({ actions: ['single', 'double', 'hold', 'release'] })]);
  assert.ok(home.seen('device')[0]!.types.includes(BUTTON));
  holds('switch', { currentPosition: 0, multiPressMax: 2 });
  listen();
  await press({ action: 'single' });
  assert.equal(told(), ['initialPress 1', 'shortRelease 1', 'multiPressComplete 1 1']);
  await press({ action: 'double' });
  assert.equal(told(), [
    'initialPress 1',
    'shortRelease 1',
    'initialPress 1',
    'multiPressOngoing 1 2',
    'shortRelease 1',
    'multiPressComplete 1 2',
  ]);
  await press({ action: 'hold' });
  holds('switch', { currentPosition: 1 });
  assert.equal(told(), ['initialPress 1', 'longPress 1']);
  await press({ action: 'release' });
  holds('switch', { currentPosition: 0 });
  assert.equal(told(), ['longRelease 1']);
  await press({ action: 'rotateLeft', detail: { steps: 2 } });
  assert.equal(told(), []);
});

const asked = (): unknown[] => home.asked.splice(0).map(({ command }) => command);

test('a player plays, and its speaker is louder or muted', async () => {
  const sources = {
    values: { source: ['Radio', 'A name that is far longer than the sixty-four bytes that Matter has for it'] },
  };
  await only('media', [media(sources)], { 'media.playback': 'paused', 'media.volume': 0.5, 'media.muted': true });
  holds('mediaPlayback', { currentState: 1 });
  holds('levelControl', { currentLevel: 127 });
  assert.equal(await home.invoke('device', 'mediaPlayback', 'play'), { status: 0 });
  assert.equal(await home.invoke('device', 'keypadInput', 'sendKey', { keyCode: 0x4b }), { status: 0 });
  assert.equal(await home.invoke('device', 'keypadInput', 'sendKey', { keyCode: 0x01 }), { status: 1 });
  assert.equal(asked(), [
    { command: 'media.play', endpoint: '1' },
    { command: 'media.next', endpoint: '1' },
  ]);
  holds('mediaPlayback', { currentState: 1 });
  await report({ 'media.playback': 'playing', 'media.volume': null, 'media.source': 'Radio' });
  holds('mediaPlayback', { currentState: 0 });
  holds('levelControl', { currentLevel: null });
  holds('mediaInput', { currentInput: 0 });
  home.refuses = true;
  const refused = (await home.invoke('device', 'mediaPlayback', 'next')) as { status: number };
  assert.is(refused.status, 2);
});

test('a vacuum cleans the areas that were selected, and says when it is through', async () => {
  const values = { 'vacuum.state': 'docked', 'vacuum.mode': 'strong', 'vacuum.areas': '["Kitchen","Hall"]' };
  await only('vacuum', [vacuum({ values: { mode: ['quiet', 'strong'] } })], values);
  holds('rvcOperationalState', { operationalState: 0x42 });
  holds('rvcCleanMode', { currentMode: 1 });
  const selected = (await home.invoke('device', 'serviceArea', 'selectAreas', { newAreas: [2] })) as { status: number };
  assert.is(selected.status, 0);
  await home.invoke('device', 'rvcRunMode', 'changeToMode', { newMode: 1 });
  assert.equal(asked(), [{ command: 'vacuum.start', args: { areas: ['Hall'] }, endpoint: '1' }]);
  await report({ 'vacuum.state': 'cleaning', 'vacuum.currentArea': 'Hall' });
  holds('rvcRunMode', { currentMode: 1 });
  holds('serviceArea', { currentArea: 2 });
  let completions = 0;
  const events = home.with('device', 'rvcOperationalState').endpoint.eventsOf('rvcOperationalState');
  (events as unknown as Record<string, { on(hear: () => void): void }>)['operationCompletion']!.on(
    () => void completions++,
  );
  await home.invoke('device', 'rvcOperationalState', 'goHome');
  await report({ 'vacuum.state': 'returning', 'vacuum.currentArea': null });
  assert.is(completions, 0);
  await report({ 'vacuum.state': 'docked', 'vacuum.areas': 'Kitchen' });
  assert.is(completions, 1);
  holds('serviceArea', { currentArea: null, selectedAreas: [] });
});

test('a machine runs its program, tells how far it is, and what is wrong', async () => {
  const values = { 'appliance.state': 'stopped', 'appliance.program': 'Quick 30' };
  await only('appliance', [appliance({ values: { program: ['Eco 50', 'Quick 30'] } })], values);
  holds('dishwasherMode', { currentMode: 1 });
  holds('operationalState', { operationalState: 0, phaseList: null, currentPhase: null, countdownTime: null });
  const started = await home.invoke('device', 'operationalState', 'start');
  assert.equal(started, { commandResponseState: { errorStateId: 0 } });
  assert.equal(asked(), [{ command: 'appliance.start', endpoint: '1' }]);
  const finishesAt = new Date(Date.now() + 3_600_000).toISOString();
  await report({ 'appliance.state': 'running', 'appliance.phase': 'rinsing', 'appliance.finishesAt': finishesAt });
  holds('operationalState', { operationalState: 1, phaseList: ['rinsing'], currentPhase: 0 });
  assert.ok(Math.abs(Number(home.state('device', 'operationalState')['countdownTime']) - 3600) <= 2);
  await report({ 'appliance.state': 'error', 'appliance.error': 'no water', 'appliance.phase': null });
  holds('operationalState', {
    operationalState: 3,
    operationalError: { errorStateId: 2, errorStateDetails: 'no water' },
    currentPhase: null,
  });
  await report({ 'appliance.state': 'finished', 'appliance.error': null });
  holds('operationalState', { operationalState: 0, operationalError: { errorStateId: 0 } });
});

test.run();
