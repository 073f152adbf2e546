import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { test } from 'uvu';
import * as assert from 'uvu/assert';

import { DevSession } from '../src/dev/session.ts';

interface Asked {
  readonly what: string;
  readonly body: unknown;
}

/** A hub that has no plugin yet, answering as the API does. */
async function fakeApi(): Promise<{ url: string; asked: Asked[]; close: () => void }> {
  const asked: Asked[] = [];
  let plugin: Record<string, unknown> | null = null;
  const answers: Record<string, (body: unknown) => [number, unknown]> = {
    'GET /api/plugins': () => [200, { items: plugin === null ? [] : [plugin], next: null }],
    'POST /api/plugins': () => {
      plugin = {
        id: 'mine',
        status: 'disabled',
        enabled: false,
        settings: { a: 1 },
        health: { message: null, lastError: 'a fault of yesterday' },
      };
      return [201, plugin];
    },
    'PUT /api/plugins/mine': () => [200, (plugin = { ...plugin, status: 'running', enabled: true })],
    'POST /api/plugins/mine/restart': () => [
      200,
      { ...plugin, status: 'failed', health: { message: 'a typo', lastError: null } },
    ],
    'GET /api/plugins/mine/log?limit=1000': () => [
      200,
      {
        items: [1, 2]
          .slice(0, asked.length > 5 ? 2 : 1)
          .map((at) => ({ number: at, at: `t${at}`, level: 'info', text: `line ${at}` })),
      },
    ],
  };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk));
    request.on('end', () => {
      const what = `${request.method} ${request.url}`;
      asked.push({ what, body: text === '' ? null : JSON.parse(text) });
      const isKnown = request.headers.authorization === 'Bearer right';
      const [status, body] = isKnown
        ? (answers[what]?.(text) ?? [404, { detail: 'no such thing' }])
        : [401, { detail: 'who?' }];
      response.writeHead(status).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close: () => server.close() };
}

test('links, enables, restarts and follows the log, and says how it went', async () => {
  const api = await fakeApi();
  const printed: string[] = [];
  const session = new DevSession({
    url: api.url,
    token: 'right',
    folder: '/mine',
    id: 'mine',
    print: (text) => printed.push(text),
  });
  await session.open();
  assert.equal(api.asked[1], { what: 'POST /api/plugins', body: { source: 'file:/mine' } });
  await session.restart();
  await session.follow();
  await session.follow();
  await session.follow();
  assert.equal(printed, [
    'linked /mine',
    'mine is running',
    'mine is failed: a typo',
    't1 info line 1',
    't2 info line 2',
  ]);
  await session.open();
  assert.is(api.asked.filter(({ what }) => what === 'POST /api/plugins').length, 1);
  api.close();
});

test('a wrong token and an absent hub are said in words', async () => {
  const api = await fakeApi();
  const options = { folder: '/mine', id: 'mine', print: () => undefined };
  const why = async (url: string): Promise<string> =>
    new DevSession({ ...options, url, token: 'wrong' }).open().then(
      () => 'fine',
      (error: Error) => error.message,
    );
  assert.match(await why(api.url), 'LINTEL_TOKEN');
  api.close();
  assert.match(await why('http://127.0.0.1:1'), 'no hub answers');
});

test.run();
