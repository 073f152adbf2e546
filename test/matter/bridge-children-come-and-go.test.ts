// A bridge and what is behind it, as it comes and goes: told by the bridge, or by people.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { eventually } from '../home/harness.ts';
import { Household } from './household.ts';
import { enterNetwork } from './launch.ts';
import { join } from './pairing.ts';

const test = suite('children of a bridge');
const network = enterNetwork(import.meta.filename);

let home: Household<'bridge'>;
if (network === 'here') home = await Household.of(['bridge']);

test.after(() => home.close());

const bridge = () => home.own('bridge');

test('what is added to a bridge appears, what is removed is offline, what cannot be reached too', async () => {
  await bridge().act('add', { id: 'late', label: 'Late lamp' });
  const late = await eventually(
    () => home.deviceCalled('Late lamp'),
    (found) => found?.online === true,
    'the new child is there',
  );
  const { status } = await home.answerTo(late!.id, { set: { 'onOff.on': true } });
  assert.is(status, 200);
  assert.is((await bridge().state('late'))['onOff']!['onOff'], true);
  await bridge().set({ bridgedDeviceBasicInformation: { reachable: false } }, 'plug');
  await eventually(
    () => home.deviceCalled('Bridged plug'),
    (found) => found?.online === false,
    'the plug out of reach is offline',
  );
  await bridge().act('remove', { endpoint: 'late' });
  await eventually(
    () => home.deviceCalled('Late lamp'),
    (found) => found?.online === false,
    'the removed child is offline',
  );
});

test('a single child can be forgotten, and stays so, also after a restart', async () => {
  const plug = (await home.deviceCalled('Bridged plug'))!;
  assert.is((await home.hub.ask('DELETE', `/api/devices/${plug.id}?force=true`)).status, 204);
  await bridge().act('add', { id: 'later', label: 'Later lamp' });
  await eventually(
    () => home.deviceCalled('Later lamp'),
    (found) => found !== undefined,
    'another child makes the bridge tell of itself anew',
  );
  assert.is(await home.deviceCalled('Bridged plug'), undefined);
  assert.is((await home.hub.ask('POST', '/api/plugins/matter/restart')).status, 200);
  await bridge().act('add', { id: 'last', label: 'Last lamp' });
  await eventually(
    () => home.deviceCalled('Last lamp'),
    (found) => found?.online === true,
    'the bridge is there again',
  );
  assert.is(await home.deviceCalled('Bridged plug'), undefined);
});

test('with a bridge go its children, and with them what was forgotten of it', async () => {
  assert.is((await home.hub.ask('DELETE', `/api/devices/${home.idOf('bridge')}?force=true`)).status, 204);
  await eventually(
    async () => (await home.hub.ask('GET', '/api/devices?plugin=matter&limit=1000')).body.items as { id: string }[],
    (items) => items.every(({ id }) => id !== home.idOf('bridge') && !id.startsWith(`${home.idOf('bridge')}.`)),
    'nothing of the bridge is left',
  );
  await join(home.hub, bridge().qr);
  assert.ok(await home.deviceCalled('Bridged plug'), 'a bridge that is paired anew shows all of them');
});

if (network === 'here') test.run();
else if (network === 'none') {
  const left = suite('children of a bridge: left out, this machine allows no network namespace (unshare)');
  left.skip('every test of it', () => {});
  left.run();
}
