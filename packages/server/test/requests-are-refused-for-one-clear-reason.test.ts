// What requests may look like: hosts, origins, sizes, types, depth, fields, and what each refusal says.

import { connect } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createHosts } from '../src/hosts.ts';
import { makeDevice } from './fake-things.ts';
import { openHouse, type Answer, type House } from './harness.ts';

const house = await openHouse({ ownHosts: () => ['home.example'] });
const owner = await house.claim();
house.hub.addDevice(makeDevice('virtual:lamp-1', null));
test.after(() => house.close());

const port = (): number => house.server.address.port;

for (const [host, status] of [
  ['localhost', 200],
  ['LOCALHOST:1234', 200],
  ['127.0.0.1', 200],
  ['[::1]:8480', 200],
  ['lintel.local', 200],
  ['home.example', 200],
  ['evil.example', 421],
  ['localhost.evil.example', 421],
  ['lintel.local.', 421],
  ['127.0.0.2', 421],
  ['localhost:0', 421],
  ['localhost:99999', 421],
  ['evil.example/localhost', 421],
  ['localhost@evil.example', 421],
  ['[::1', 421],
] as const) {
  test(`the host ${host} is answered with ${status}`, async () => {
    const answer = await house.ask('GET', '/api/health', { headers: { host } });
    assert.is(answer.status, status);
    if (status === 421) assert.is(answer.json.code, 'FOREIGN_HOST');
    assert.is((await house.ask('GET', '/', { headers: { host } })).status === 421, status === 421);
  });
}

test('an address of this machine is one of its hosts', () => {
  const hosts = createHosts({
    extra: () => [],
    port: () => 80,
    addresses: () => ['192.168.1.7', 'fe80::1', '2001:db8::0:7'],
  });
  for (const host of ['192.168.1.7:8480', '[fe80::1]', '[2001:db8::7]']) assert.ok(hosts.isOwnHost(host), host);
  for (const host of ['192.168.1.8', '[fe80::2]', 'fe80::1', '', undefined]) assert.not.ok(hosts.isOwnHost(host), host);
});

test('two hosts at once, and no path, are no requests of ours', async () => {
  assert.match(
    await raw('GET /api/health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n'),
    /^HTTP\/1\.1 4(00|21) /,
  );
  assert.match(await raw('GET http://evil.example/api/health HTTP/1.1\r\nHost: localhost\r\n\r\n'), /^HTTP\/1\.1 400 /);
  assert.match(await raw('GET /api/health HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 421 /);
});

for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
  test(`a foreign origin is refused on ${method}`, async () => {
    for (const origin of [
      'https://evil.example',
      'null',
      'http://localhost:1',
      'file://',
      'http://127.0.0.1.evil.example',
      `http://evil.example:${port()}`,
    ]) {
      const answer = await house.ask(method, '/api/health', { headers: { origin } });
      assert.is(answer.status, 403, origin);
      if (method !== 'HEAD') assert.is(answer.json.code, 'FOREIGN_ORIGIN');
    }
  });
}

test("the hub's own pages may ask, under each of its names", async () => {
  for (const origin of [
    `http://127.0.0.1:${port()}`,
    `http://localhost:${port()}`,
    `http://[::1]:${port()}`,
    `http://home.example:${port()}`,
  ])
    assert.is((await house.ask('GET', '/api/health', { headers: { origin } })).status, 200, origin);
  const behindProxy = { host: 'lintel.local', origin: 'https://lintel.local' };
  assert.is((await house.ask('GET', '/api/health', { headers: behindProxy })).status, 200);
});

const rooms = (ask: Parameters<House['ask']>[2]): Promise<Answer> =>
  house.ask('POST', '/api/rooms', { token: owner, ...ask });

for (const [what, ask, status, code] of [
  ['a form', { raw: 'name=Hall', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'NOT_JSON'],
  ['plain text', { raw: '{"name":"Hall"}', headers: { 'content-type': 'text/plain' } }, 415, 'NOT_JSON'],
  ['another charset', { raw: '{}', headers: { 'content-type': 'application/json; charset=utf-16' } }, 415, 'NOT_JSON'],
  ['a compressed body', { raw: '{}', headers: { 'content-encoding': 'gzip' } }, 415, 'NOT_JSON'],
  ['nothing at all', {}, 415, 'NOT_JSON'],
  ['an empty JSON body', { raw: '' }, 400, 'BAD_JSON'],
  ['malformed JSON', { raw: '{"name":' }, 400, 'BAD_JSON'],
  ['bad UTF-8', { raw: Buffer.from([0x22, 0xff, 0x22]) }, 400, 'BAD_JSON'],
  ['65 levels', { raw: '['.repeat(65) + ']'.repeat(65) }, 400, 'BAD_JSON'],
  ['a million brackets', { raw: '['.repeat(1_000_000) }, 400, 'BAD_JSON'],
  ['more than 1 MiB', { raw: JSON.stringify({ name: 'x'.repeat(1024 * 1024) }) }, 413, 'TOO_LARGE'],
] as const) {
  test(`${what} is refused with ${status}`, async () => {
    const headers = 'headers' in ask ? { ...ask.headers } : {};
    const answer = await rooms({ ...ask, headers } as Parameters<typeof rooms>[0]);
    assert.equal([answer.status, answer.json.code], [status, code]);
    assert.is(answer.headers['content-type'], 'application/problem+json');
  });
}

test('from strangers only small bodies are read', async () => {
  const raw = JSON.stringify({ name: 'x'.repeat(70_000) });
  assert.is((await house.ask('POST', '/api/sessions', { raw })).status, 413);
});

test('a body whose end is not announced is refused as soon as it is too large', async () => {
  const head = `POST /api/rooms HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${owner}\r\nContent-Type: application/json\r\n`;
  const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
  assert.match(await raw(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(17)}`), /^HTTP\/1\.1 413 /);
});

test('a refusal arrives also where most of the body is still unread', async () => {
  const early = (host: string): Promise<string> =>
    new Promise((resolve) => {
      let answer = '';
      const rest = 'Connection: close\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n';
      const socket = connect(port(), '127.0.0.1', () => {
        socket.pause();
        socket.write(`POST /api/rooms HTTP/1.1\r\nHost: ${host}\r\n${rest}${'x'.repeat(900_000)}`);
        setTimeout(() => socket.write('x'.repeat(100_000)), 100);
        setTimeout(() => socket.resume(), 200);
      });
      socket.on('data', (chunk) => (answer += chunk)).on('error', (error) => resolve(`${answer}${error.message}`));
      socket.on('close', () => resolve(answer));
    });
  assert.match(await early('localhost'), /^HTTP\/1\.1 401 [^]*UNAUTHENTICATED"/);
  assert.match(await early('evil.example'), /^HTTP\/1\.1 421 [^]*FOREIGN_HOST"/);
});

test('64 levels, and brackets inside a text, are no reason', async () => {
  const deep = `${'{"a":'.repeat(63)}{}${'}'.repeat(63)}`;
  assert.is((await rooms({ raw: deep })).json.code, 'UNKNOWN_FIELD');
  assert.is((await rooms({ body: { name: `${'['.repeat(90)}"\\` } })).status, 201);
});

for (const [body, code, pointer] of [
  [{ name: 'Hall', colour: 'red' }, 'UNKNOWN_FIELD', '/colour'],
  [{ name: 'Hall', 'a/b~c': 1 }, 'UNKNOWN_FIELD', '/a~1b~0c'],
  [{ name: 7 }, 'BAD_VALUE', '/name'],
  [{ name: 'x'.repeat(101) }, 'BAD_VALUE', '/name'],
  [{ name: 'Ha\u0007ll' }, 'BAD_VALUE', '/name'],
  [{}, 'BAD_VALUE', '/name'],
  [[], 'BAD_VALUE', ''],
] as const) {
  test(`the body ${JSON.stringify(body).slice(0, 40)} is refused at ${pointer || 'its root'}`, async () => {
    const { status, json } = await rooms({ body });
    assert.equal([status, json.status, json.code, json.pointer], [422, 422, code, pointer]);
    assert.type(json.detail, 'string');
  });
}

for (const [raw, pointer] of [
  ['{"name":"Hall","__proto__":{"admin":true}}', '/__proto__'],
  ['{"name":"\\ud800"}', '/name'],
  ['{"name":1e999}', '/name'],
] as const) {
  test(`${raw} is refused at ${pointer}`, async () => {
    const { status, json } = await rooms({ raw });
    assert.equal([status, json.pointer], [422, pointer]);
  });
}

test('headers beyond 16 KiB are refused with 431', async () => {
  const answer = await house.ask('GET', '/api/health', { headers: { 'x-long': 'x'.repeat(17_000) } });
  assert.equal([answer.status, answer.json.code], [431, 'HEADERS_TOO_LARGE']);
  assert.is((await house.ask('GET', '/api/health', { headers: { 'x-long': 'x'.repeat(15_000) } })).status, 200);
});

test('what is no HTTP is told so', async () => {
  assert.match(await raw('HELO example\r\n\r\n'), /^HTTP\/1\.1 400 Bad Request\r\n[^]*"code":"BAD_REQUEST"/);
});

test('lists come in pages that follow one another, also when things go meanwhile', async () => {
  for (let index = 0; index < 12; index++)
    await house.ask('POST', '/api/groups', { token: owner, body: { name: `G${index}`, devices: [] } });
  const list = async (query: string) => (await house.ask('GET', `/api/groups${query}`, { token: owner })).json;
  const all = (await list('')).items.map(({ id }: { id: string }) => id);
  assert.is((await list('')).next, null);
  const first = await list('?limit=5');
  assert.equal(
    first.items.map(({ id }: { id: string }) => id),
    all.slice(0, 5),
  );
  await house.ask('DELETE', `/api/groups/${all[4]}`, { token: owner });
  const second = await list(`?limit=5&after=${first.next}`);
  assert.equal(
    second.items.map(({ id }: { id: string }) => id),
    all.slice(5, 10),
  );
  const last = await list(`?after=${second.next}`);
  assert.equal([last.items.map(({ id }: { id: string }) => id), last.next], [all.slice(10), null]);
});

for (const query of ['?limit=0', '?limit=1001', '?limit=many', '?after=***', '?colour=red', '?limit=1&limit=2']) {
  test(`the query ${query} is refused`, async () => {
    const answer = await house.ask('GET', `/api/rooms${query}`, { token: owner });
    assert.is(answer.status, 422);
    assert.not('pointer' in answer.json);
  });
}

test('API answers are neither kept nor guessed at', async () => {
  for (const path of ['/api/health', '/api/nothing']) {
    const { headers } = await house.ask('GET', path);
    assert.is(headers['cache-control'], 'no-store');
    assert.is(headers['x-content-type-options'], 'nosniff');
  }
});

test('a bug of ours is a 500 that tells nothing, and is logged', async () => {
  house.hub.bug = new Error('secret detail');
  const answer = await house.ask('GET', '/api/health');
  house.hub.bug = null;
  assert.equal([answer.status, answer.json.code], [500, 'INTERNAL']);
  assert.not.match(answer.text, 'secret');
  assert.match(house.logged.join('\n'), /GET \/api\/health: Error: secret detail/);
});

for (const [status, http, code] of [
  ['done', 200, undefined],
  ['failed', 200, undefined],
  ['superseded', 200, undefined],
  ['timeout', 504, 'TIMEOUT'],
  ['offline', 503, 'DEVICE_OFFLINE'],
] as const) {
  test(`a command that is ${status} answers ${http}`, async () => {
    house.hub.outcome = { id: 'c7', status };
    const answer = await house.ask('POST', '/api/devices/virtual:lamp-1/commands', {
      token: owner,
      body: { set: { 'onOff.on': true } },
    });
    assert.equal([answer.status, answer.json.id, answer.json.status, answer.json.code], [http, 'c7', status, code]);
  });
}

test('an endpoint of a device is reached by its percent-encoded id', async () => {
  house.hub.outcome = { id: 'c8', status: 'done' };
  const body = { command: 'onOff.toggle' };
  assert.is((await house.ask('POST', '/api/devices/virtual:lamp-1%2F2/commands', { token: owner, body })).status, 200);
  assert.equal((house.hub.asked.at(-1)![1] as { on: unknown }).on, { device: 'virtual:lamp-1/2' });
});

function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port(), '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => {
      answer += chunk;
      if (answer.includes('\r\n\r\n')) socket.end();
    });
    socket.on('close', () => resolve(answer));
  });
}

test.run();
