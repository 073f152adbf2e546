// Buttons of the home as Matter tells of them: press by press, with no more than the button itself tells.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { button, endpoint } from '@lintel/sdk';

import { BridgedHome, deviceOf } from './bridged-home.ts';

const test = suite('presses are told one by one');

const BUTTON = 0x0f;

let home: BridgedHome;

const EVENTS = ['initialPress', 'shortRelease', 'longPress', 'longRelease', 'multiPressOngoing', 'multiPressComplete'];
const heard: string[] = [];
const told = (): string[] => heard.splice(0);

const press = (data: Readonly<Record<string, unknown>>): Promise<void> =>
  home.hear({ type: 'event', id: 'device', endpoint: '1', event: 'button.pressed', data });
const position = (): unknown => home.state('device', 'switch')['currentPosition'];

type Heard = Readonly<Record<string, { on(hear: (body: object) => void): void } | undefined>>;

function listen(): void {
  const events = home.with('device', 'switch').endpoint.eventsOf('switch') as unknown as Heard;
  for (const name of EVENTS) events[name]?.on((body) => void heard.push([name, ...Object.values(body)].join(' ')));
}

test('a button tells of its presses one by one, with no more than it has', async () => {
  const gestures = button({ actions: ['single', 'double', 'hold', 'release'] });
  home = await BridgedHome.open([deviceOf('device', 'button', [endpoint(gestures)])]);
  assert.ok(home.seen('device')[0]!.types.includes(BUTTON));
  assert.is(home.state('device', 'switch')['multiPressMax'], 2);
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
  assert.is(position(), 1);
  assert.equal(told(), ['initialPress 1', 'longPress 1']);
  await press({ action: 'release' });
  assert.is(position(), 0);
  assert.equal(told(), ['longRelease 1']);
  await press({ action: 'rotateLeft', detail: { steps: 2 } });
  assert.equal(told(), []);
  assert.equal(home.failures, []);
  await home.close();
});

test.run();
