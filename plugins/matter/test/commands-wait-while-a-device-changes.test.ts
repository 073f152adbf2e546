// A device tells anew what it is made of, as after new firmware: what is commanded meanwhile waits for that moment, and is done.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { Lifecycle } from '@matter/main';
import { OnOffServer } from '@matter/main/behaviors/on-off';

import { Availability } from '../src/controller/availability.ts';
import { Commander } from '../src/controller/commander.ts';
import { stubPeer } from './stub-peer.ts';

const test = suite('commands wait while a device changes');

/** A lamp that knows nothing of itself until it is built. */
function lampUnderWork() {
  const { ctx, peer, lamp } = stubPeer({ currentLevel: 254 });
  const built = Promise.withResolvers<void>();
  const construction = { status: Lifecycle.Status.Inactive as Lifecycle.Status, ready: built.promise };
  const { maybeStateOf } = lamp as { maybeStateOf: (name: string) => unknown };
  const mustBeBuilt = (): void => {
    if (construction.status !== Lifecycle.Status.Active) throw new Error('@2:1 is not initialized');
  };
  const sent: unknown[] = [];
  async function* invoke(request: { invokeRequests: readonly unknown[] }) {
    sent.push(...request.invokeRequests);
    yield [{ kind: 'cmd-status', status: 0 }];
  }
  return {
    ctx,
    peer,
    sent,
    async describe() {
      construction.status = Lifecycle.Status.Active;
      Object.assign(lamp, { construction });
      await peer.describe();
      construction.status = Lifecycle.Status.Inactive;
      Object.assign(lamp, {
        behaviors: { supported: { onOff: OnOffServer, levelControl: {} } },
        maybeStateOf: (name: string) => (mustBeBuilt(), maybeStateOf(name)),
        commandsOf: () => (mustBeBuilt(), { on: () => undefined, off: () => undefined }),
      });
      Object.assign(peer.node.interaction, { invoke });
    },
    finish() {
      construction.status = Lifecycle.Status.Active;
      built.resolve();
    },
  };
}

for (const command of [{ set: { 'onOff.on': false } }, { command: 'onOff.toggle' }]) {
  test(`${Object.keys(command)[0]}`, async () => {
    const { ctx, peer, sent, describe, finish } = lampUnderWork();
    await describe();
    const availability = new Availability(ctx, () => [peer]);
    const commander = new Commander({ ctx, availability, find: () => peer });
    const done = commander.command('1', command, new AbortController().signal);
    await Promise.race([done, Promise.resolve()]);
    assert.is(sent.length, 0);
    finish();
    await done;
    assert.is(sent.length, 1);
  });
}

test.run();
