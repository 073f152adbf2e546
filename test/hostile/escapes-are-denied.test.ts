// Every way out that we know, tried on the strengths this machine has. What succeeds must be of a class that the plugin's
// page says is open; with bubblewrap nothing is.

import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdirSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect, createServer as createNetServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { DatabaseSync } from 'node:sqlite';

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { Bench } from '../../packages/hub/test/plugins/harness.ts';

const ESCAPES_MIN = 60;
const CANARY = 'the canary sings';
process.env['LINTEL_TEST_CANARY'] = CANARY;

interface Attempt {
  readonly got?: string | null;
  readonly denied?: string;
}

const listening = async (server: Server, ...where: [number, string] | [string]): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(...(where as [number, string]), resolve));
  server.unref();
  return (server.address() as AddressInfo).port ?? 0;
};

/** Opens a WebSocket for whoever comes. */
function shakeHands({ headers }: IncomingMessage, socket: Duplex): void {
  const accept = createHash('sha1').update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
  const lines = ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${accept.digest('base64')}`];
  socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
}

/** Everything an attempt may want to reach, and nothing of value. */
async function makeTargets(bench: Bench): Promise<Record<string, unknown>> {
  const outside = join(bench.folder, 'outside');
  mkdirSync(outside);
  const path = (name: string, text: string): string => {
    writeFileSync(join(outside, name), text);
    return join(outside, name);
  };
  const canary = path('canary.txt', CANARY);
  const database = new DatabaseSync(join(outside, 'their.db'));
  database.exec(`CREATE TABLE t (v); INSERT INTO t VALUES ('${CANARY}')`);
  database.close();
  const own = join(bench.folder, 'plugins/folders/escape');
  mkdirSync(own, { recursive: true });
  symlinkSync(canary, join(own, 'link-to-canary'));
  symlinkSync(outside, join(own, 'link-to-outside'));
  const udp = createSocket('udp4');
  udp.on('message', (_message, { port, address }) => udp.send('answer', port, address));
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
  udp.unref();
  const web = (): Server => createServer((_request, response) => response.end('here')).on('upgrade', shakeHands);
  const abstract = `lintel-test-${process.pid}-${Math.floor(performance.now())}`;
  const socket = join(outside, 'hub.sock');
  await listening(createNetServer(), socket);
  await listening(createNetServer(), `\0${abstract}`);
  return {
    canary,
    outside,
    socket,
    abstract,
    database: join(outside, 'their.db'),
    module: path('module.mjs', `export const canary = '${CANARY}';`),
    json: path('file.json', JSON.stringify({ text: CANARY })),
    envFile: path('.env', `CANARY_FROM_FILE=${CANARY}`),
    otherFolder: join(bench.folder, 'plugins/folders/lamp'),
    canaryDescriptor: openSync(canary, 'r'),
    hub: process.pid,
    port: await listening(web(), 0, '127.0.0.1'),
    port6: await listening(web(), 0, '::1').catch(() => 1),
    udpPort: udp.address().port,
    listenPort: 20_000 + (process.pid % 20_000),
  };
}

/** A process that an attempt may signal; the attempt succeeded when it is gone. */
function decoy(): { pid: number; end: () => void } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'ignore' });
  return { pid: child.pid!, end: () => void child.kill('SIGKILL') };
}

/** Knocks at a port that a plugin might have opened. */
function knock(port: number): () => void {
  const timer = setInterval(
    () =>
      connect(port, '127.0.0.1')
        .on('error', () => undefined)
        .unref(),
    50,
  );
  return () => clearInterval(timer);
}

const FIXTURE = join(import.meta.dirname, 'plugin');

for (const strongest of ['node', 'namespaces', 'bubblewrap'] as const) {
  const Escapes = suite(`escapes, with ${strongest}`);
  const bench = new Bench([FIXTURE, 'lamp'], { strongest });
  const { layers } = bench.host.get('escape').sandbox;
  const skipped = strongest !== 'node' && !layers.includes(strongest);
  const test = skipped ? Escapes.skip : Escapes;
  let targets: Record<string, unknown> = {};

  test('every attempt is denied, or of a class that is said to be open', async () => {
    const { host } = bench;
    targets = await makeTargets(bench);
    bench.secrets.all.set('lamp/token', CANARY);
    bench.store.all.set('lamp/token', CANARY);
    await host.start('lamp', {});
    await host.start('escape', {});
    bench.reports.length = 0;
    assert.is(host.get('escape').status, 'running', bench.log.map(({ text }) => text).join('\n'));
    const { open, strength } = host.get('escape').sandbox;
    assert.is(strength, strongest === 'bubblewrap' ? 'full' : 'partial');
    const attempts = (await host.request('escape', 'list', null)) as string[];
    assert.ok(attempts.length >= ESCAPES_MIN, `only ${attempts.length} attempts`);
    const escaped: string[] = [];
    const stop = knock(targets['listenPort'] as number);
    for (const attempt of attempts) {
      const prey = decoy();
      if (host.get('escape').status !== 'running') await host.start('escape', {});
      const target = { ...targets, decoy: prey.pid };
      const answer = (await host.request('escape', 'try', { attempt, target }).catch((error: Error) => ({
        denied: error.message,
      }))) as Attempt;
      prey.end();
      const [kind = ''] = attempt.split(':');
      if (typeof answer.got === 'string' && !open.includes(kind)) escaped.push(`${attempt}: ${answer.got}`);
    }
    stop();
    assert.equal(escaped, []);
  });

  test('nothing outside was touched, and nothing was said in another’s name', async () => {
    const read = (name: string): string => readFileSync(join(targets['outside'] as string, name), 'utf8');
    assert.is(read('canary.txt'), CANARY);
    for (const name of ['planted', 'planted.json', 'planted.heapsnapshot']) assert.throws(() => read(name), /ENOENT/);
    assert.equal(
      bench.reports.filter(({ plugin, device }) => plugin !== 'escape' || device !== 'a'),
      [],
    );
    assert.not.ok(bench.logged('another program has the process'));
    assert.ok(bench.devices.has('lamp:lamp-1'));
    assert.is(bench.devices.get('lamp:lamp-1')!.name, 'Lamp 1');
    assert.is(({} as Record<string, unknown>)['polluted'], undefined);
    assert.is(bench.host.get('lamp').status, 'running');
    assert.is(bench.host.get('lamp').health.restarts, 0);
  });

  Escapes.after(() => bench.close());
  Escapes.run();
}
