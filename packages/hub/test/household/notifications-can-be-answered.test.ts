// What a rule tells stands in the list at once, and an answer is an event that rules hear.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { queryActivity } from '../../src/activity/query.ts';
import { NOTIFICATIONS_KEPT } from '../../src/limits.ts';
import { notificationService } from '../../src/services/notifications.ts';
import { peopleService } from '../../src/services/people.ts';
import { webhookService } from '../../src/services/webhooks.ts';
import { openHome } from '../home.ts';
import { addRule, heard, LAMP, on, told } from './rules.ts';

const test = suite('notifications can be answered');
const BY = { kind: 'user', id: 'ada', name: 'Ada' } as const;
const ADMIN = { user: 'ada', everything: true };

test('a rule asks, a person answers, the rule goes on; all of it survives a kill', async () => {
  let home = await openHome();
  await addRule(home, {
    id: 'ask',
    triggers: on('late'),
    actions: [
      {
        kind: 'notify',
        message: { expression: '"It is " + text(21, 0)' },
        title: 'Heating',
        actions: [{ id: 'off', title: 'Turn off' }],
        critical: true,
      },
      { kind: 'wait', event: { kind: 'event', event: 'notification.action', action: 'off' } },
      { kind: 'set', target: { device: LAMP }, values: { 'onOff.on': false } },
    ],
  });
  await addRule(home, {
    id: 'note',
    triggers: [{ kind: 'event', event: 'notification.action' }],
    actions: [
      {
        kind: 'variable',
        name: 'answer',
        value: { expression: 'trigger.data["action"] + "/" + trigger.action + "/" + trigger.data["user"]' },
      },
    ],
  });
  heard(home, 'late');
  const [told1] = notificationService(home.kernel).list(ADMIN);
  assert.equal(
    [told1!.text, told1!.title, told1!.critical, told1!.automation, told1!.at],
    ['It is 21', 'Heating', true, 'ask', new Date(home.clock.time).toISOString()],
  );
  const change = home.changes.findLast(({ topic }) => topic === 'notification') as { id: string; value: unknown };
  assert.equal([change.id, change.value], [told1!.id, told1]);
  home = await home.killed();
  const notifications = notificationService(home.kernel);
  assert.equal(notifications.list(ADMIN), [told1]);
  const refused = await notifications.act(told1!.id, 'on', ADMIN, BY).catch((error) => error.code);
  assert.is(refused, 'NOT_FOUND');
  const answered = await notifications.act(told1!.id, 'off', ADMIN, BY);
  assert.is(answered.answered!.by.name, 'Ada');
  assert.equal(told(home), [`${LAMP} {"onOff.on":false}`]);
  assert.is(home.kernel.machine.core.variable('answer'), 'off/off/ada');
  await home.storage.projector.flush();
  const [newest] = (await queryActivity(home.storage.store, {})).items.filter(({ text }) => text.includes('answered'));
  assert.equal([newest?.text, newest?.automation], ['“Heating” was answered: Turn off', 'ask']);
  await notifications.remove(told1!.id, ADMIN, BY);
  assert.equal(notifications.list(ADMIN), []);
  await home.close();
});

test('one tag is one notification, and only the newest are kept', async () => {
  const home = await openHome();
  await addRule(home, { id: 'tagged', triggers: on('tagged'), actions: [{ kind: 'notify', message: 'm', tag: 't' }] });
  await addRule(home, {
    id: 'plain',
    mode: 'parallel',
    triggers: on('plain'),
    actions: [{ kind: 'notify', message: 'p' }],
  });
  const notifications = notificationService(home.kernel);
  heard(home, 'tagged');
  heard(home, 'tagged');
  await notifications.test(BY);
  await notifications.test(BY);
  assert.is(notifications.list(ADMIN).length, 2);
  for (let index = 0; index < NOTIFICATIONS_KEPT + 3; index += 1) heard(home, 'plain');
  const kept = notifications.list(ADMIN);
  assert.is(kept.length, NOTIFICATIONS_KEPT);
  assert.ok(kept.every(({ text }) => text === 'p'));
  assert.is(new Set(kept.map(({ id }) => id)).size, kept.length);
  await home.close();
});

test('what is meant for some is shown to them and to admins', async () => {
  const home = await openHome();
  await peopleService(home.kernel).create({ id: 'bob', name: 'Bob', user: 'user-bob' }, BY);
  await addRule(home, { id: 'r', triggers: on('go'), actions: [{ kind: 'notify', message: 'for Bob', to: ['bob'] }] });
  heard(home, 'go');
  const { list } = notificationService(home.kernel);
  const count = (user: string, everything = false): number => list({ user, everything }).length;
  assert.equal([count('user-bob'), count('user-eve'), count('user-eve', true)], [1, 0, 1]);
  await home.close();
});

test('a webhook that a rule waits for starts it with its data; others are not there; too many are refused', async () => {
  const home = await openHome();
  const call = webhookService(home.kernel);
  await addRule(home, {
    id: 'r',
    mode: 'parallel',
    triggers: [{ kind: 'webhook', webhook: 'letterbox' }],
    actions: [{ kind: 'notify', message: { expression: '"from " + trigger.data.who' } }],
  });
  await call('letterbox', { who: 'the post' });
  assert.is(notificationService(home.kernel).list(ADMIN)[0]!.text, 'from the post');
  assert.is(await call('other', {}).catch((error) => error.code), 'NOT_FOUND');
  let refused = null;
  for (let index = 0; index < 60 && refused === null; index += 1)
    refused = await call('letterbox', {}).then(
      () => null,
      (error) => error,
    );
  assert.is(refused.code, 'TOO_MANY_ATTEMPTS');
  assert.ok(refused.retryAfterSeconds > 0 && refused.retryAfterSeconds <= 60);
  home.clock.advance(60_000);
  await call('letterbox', {});
  await home.close();
});

test.run();
