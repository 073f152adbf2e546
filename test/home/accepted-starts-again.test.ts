// Whatever the hub accepts is in its journal, and applied again at every start: nothing that anyone can send may keep it from
// starting, nor be forgotten. SEED=n sends what another run sent.

import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { edits, spoil } from '../fuzz/hostile-json.ts';
import { seed } from '../reference/check.ts';
import { startHub, type Hub } from './harness.ts';

const test = suite('what is accepted starts again');
const CASES = Number(process.env['CASES'] ?? 600);
const KILLS = 3;
const LAMP = 'virtual:lamp';
const DEVICES = [
  { id: 'lamp', kind: 'light', name: 'Hall lamp', room: 'Hall' },
  { id: 'heat', kind: 'thermostat', name: 'Heating', room: 'Hall' },
];
const set = { kind: 'set', target: { device: LAMP }, values: { 'onOff.on': true, 'level.level': 0.5 } };

const RULE = {
  id: 'b',
  triggers: [{ kind: 'property', device: LAMP, property: 'onOff.on', becomes: true }],
  actions: [set],
};
const IMPORTED = `- alias: x
  triggers: [{ trigger: state, entity_id: light.hall, to: 'on' }]
  actions: [{ action: light.turn_off, target: { entity_id: light.hall } }]
`;

/** Good requests; what is sent is one of them with something strange in it. */
const REQUESTS: readonly (readonly [method: string, path: string, body: unknown])[] = [
  [
    'PATCH',
    '/api/home',
    {
      name: 'Home',
      mode: 'night',
      holidays: ['12-24', '2027-02-28'],
      language: 'de',
      units: 'metric',
      confirm: ['lock.unlock'],
    },
  ],
  ['PATCH', '/api/home', { latitude: 52, longitude: 13, timeZone: 'Europe/Berlin' }],
  ['POST', '/api/rooms', { id: 'r', name: 'Attic', floor: 'Top', icon: 'bed' }],
  ['POST', '/api/groups', { name: 'All', devices: [LAMP] }],
  [
    'POST',
    '/api/scenes',
    { name: 'Dim', targets: [{ device: LAMP, values: { 'level.level': 0.2 } }], transition: '2s' },
  ],
  ['POST', '/api/scenes/capture', { name: 'As it is', devices: [LAMP] }],
  ['POST', '/api/people', { id: 'p', name: 'Ada', sources: [LAMP, 'phones:ada'] }],
  ['POST', '/api/variables', { name: 'v', type: 'number', min: 0, max: 9, value: 3 }],
  ['POST', '/api/variables', { name: 't', type: 'text', value: 'a' }],
  [
    'POST',
    '/api/schedules',
    {
      id: 's',
      name: 'Heat',
      blocks: [
        { weekdays: ['mon', 'workday'], at: '07:00', value: 21 },
        { weekdays: ['holiday'], at: '23:59', value: 'x' },
      ],
    },
  ],
  ['PATCH', `/api/devices/${LAMP}`, { name: 'Lamp', room: null, settings: { transition: '1s' } }],
  ['PATCH', `/api/devices/${LAMP}/endpoints/1`, { name: 'One', kind: 'light', room: null }],
  [
    'POST',
    `/api/devices/${LAMP}/commands`,
    { set: { 'onOff.on': true, 'level.level': 0.4 }, transition: '1s', for: '5m' },
  ],
  ['POST', `/api/devices/${LAMP}/commands`, { command: 'onOff.toggle', args: {} }],
  ['POST', '/api/plugins/virtual/report', { device: LAMP, values: { 'onOff.on': true, 'level.level': 0.7 } }],
  ['POST', '/api/webhooks/door', { floor: 2, who: 'ada' }],
  [
    'PUT',
    '/api/rooms/r/adaptive',
    { enabled: true, curve: [{ at: '07:00', level: 0.5, temperature: 3000 }], override: { until: '2h' } },
  ],
  [
    'POST',
    '/api/guests',
    {
      name: 'Eve',
      rooms: [],
      commands: ['onOff'],
      until: '2030-01-01T00:00:00Z',
      weekdays: ['mon'],
      after: '08:00',
      before: '06:00',
    },
  ],
  ['POST', '/api/users', { name: 'Bob', password: 'a long enough password', role: 'resident' }],
  ['POST', '/api/tokens', { name: 'script', capabilities: ['onOff'], expiresAt: '2030-01-01T00:00:00Z' }],
  ...[
    {
      triggers: [{ kind: 'webhook', webhook: 'door' }],
      actions: [{ kind: 'variable', name: 'v', value: { expression: 'trigger.data["floor"] + variable("v")' } }],
    },
    {
      triggers: [{ kind: 'property', device: LAMP, property: 'level.level', above: 0.5, for: '1s' }],
      conditions: [{ kind: 'time', after: '22:00', before: '06:00' }],
      actions: [set],
    },
    {
      triggers: [{ kind: 'every', every: '1s' }],
      mode: 'queued',
      max: 3,
      actions: [
        { kind: 'save', target: { home: true }, as: 'before' },
        set,
        { kind: 'delay', for: '1s' },
        { kind: 'restore', as: 'before' },
      ],
    },
    {
      triggers: [
        { kind: 'mode', becomes: 'night' },
        { kind: 'cron', cron: '*/5 * * * mon-fri' },
        { kind: 'sun', event: 'sunset', offset: '-30m' },
      ],
      actions: [
        { kind: 'notify', message: 'x', actions: [{ id: 'a', title: 'A' }], tag: 't' },
        { kind: 'mode', mode: 'home' },
      ],
    },
    {
      triggers: [{ kind: 'time', at: { variable: 't' }, weekdays: ['holiday'], dates: ['02-29'] }],
      missed: 'run',
      actions: [
        {
          kind: 'repeat',
          each: [1, 'a', true],
          actions: [{ kind: 'emit', event: 'e', data: { item: { expression: 'repeat.item' } } }],
        },
      ],
    },
    {
      triggers: [
        { kind: 'presence', person: 'anyone', becomes: 'home' },
        { kind: 'schedule', schedule: 's' },
      ],
      actions: [
        { ...set, for: '10m', onFailure: 'stop' },
        { kind: 'scene', scene: 'none' },
        { kind: 'automation', automation: 'x', do: 'disable' },
      ],
    },
  ].map((rule) => ['POST', '/api/automations', rule] as const),
  ['POST', '/api/automations/check', { rules: [{ id: 'c', triggers: [{ kind: 'manual' }], actions: [set] }] }],
  [
    'POST',
    '/api/automations/backtest',
    { automation: RULE, compare: RULE, from: '2026-01-01T00:00:00Z', to: '2030-01-01T00:00:00Z', closedLoop: true },
  ],
  [
    'POST',
    '/api/automations/import',
    {
      format: 'home-assistant',
      yaml: IMPORTED,
      inputs: { a: 1 },
      entities: { 'light.hall': { device: LAMP, property: 'onOff.on' } },
    },
  ],
];

/** What is nearly right, in the forms that the hub knows. */
const NEARLY: readonly unknown[] = [
  '02-30', '2027-02-29', '13-01', '24:00', '23:60', '07:00:60', '-0m', '0s', '367d', '1.5s', '60 * * * *', '0 0 30 2 *',
  'a\0b', '\ud800', '__proto__', 'constructor', `${LAMP}/2`, `${LAMP}@2`, 'anyone', 'everyone', 'workday', 'x'.repeat(129),
  -1, 1.5, 1e308, -1e308, 5e-324, 2 ** 53, 1_001, 8.64e15 + 1, { expression: '1/0' }, { expression: '"a" + 1' }, null,
]; // prettier-ignore
const nearlyEdits = fc.array(
  fc.record({
    steps: fc.array(fc.nat(40), { minLength: 1, maxLength: 7 }),
    how: fc.constant(3),
    key: fc.constant('x'),
    value: fc.constantFrom(...NEARLY),
  }),
  { minLength: 1, maxLength: 2 },
);

/** What JSON can say of something strange. */
const asJson = (body: unknown): string | null => {
  try {
    return JSON.stringify(body) ?? null;
  } catch {
    return null;
  }
};

async function send(hub: Hub, method: string, path: string, body: string): Promise<number> {
  const headers = { authorization: `Bearer ${hub.token}`, 'content-type': 'application/json' };
  const response = await fetch(hub.address + path, { method, headers, body });
  const answer = await response.text();
  assert.ok(response.status < 500, `${method} ${path} ${body.slice(0, 500)}: ${response.status} ${answer}`);
  return response.status;
}

/** What people made, as it reads. */
async function madeThings(hub: Hub): Promise<Record<string, unknown>> {
  const kinds = ['rooms', 'groups', 'scenes', 'people', 'schedules', 'automations', 'users', 'tokens', 'guests'];
  const read = async (kind: string): Promise<unknown> =>
    (await hub.ask('GET', `/api/${kind}?limit=1000`)).body.items.map((item: { id: unknown; name: unknown }) => [
      item.id,
      item.name,
    ]);
  return Object.fromEntries(await Promise.all(kinds.map(async (kind) => [kind, await read(kind)] as const)));
}

test('nothing strange that is accepted keeps the hub from starting again, whole', async () => {
  let hub = await startHub();
  await hub.claim();
  await hub.ask('PUT', '/api/plugins/virtual', { enabled: true, settings: { devices: DEVICES } });
  const all = fc.sample(fc.tuple(fc.nat(REQUESTS.length - 1), fc.oneof(edits, nearlyEdits)), { seed, numRuns: CASES });
  let accepted = 0;
  for (const [index, [which, how]] of all.entries()) {
    const [method, path, good] = REQUESTS[which]!;
    const body = asJson(spoil(good, how));
    if (body !== null && (await send(hub, method, path, body)) < 300) accepted += 1;
    if ((index + 1) % Math.ceil(CASES / KILLS) !== 0) continue;
    const before = await madeThings(hub);
    await hub.kill();
    const { data, token } = hub;
    hub = await startHub({ data });
    hub.token = token;
    assert.equal(await madeThings(hub), before, `SEED=${seed}, after ${index + 1} requests`);
    const { status, reasons } = (await hub.ask('GET', '/api/health')).body;
    assert.ok(status === 'ok' || status === 'degraded', `SEED=${seed}: ${status} ${JSON.stringify(reasons)}`);
  }
  assert.ok(accepted > CASES / 20 && accepted < CASES, `${accepted} of ${CASES} accepted`);
  assert.is(await hub.stop(), 0);
});

test.run();
