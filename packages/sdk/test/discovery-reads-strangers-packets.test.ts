import { createSocket } from 'node:dgram';

import { fakeClock } from '@lintel/sdk/testing';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

import { systemClock } from '../src/child/clock.ts';
import { readPacket, writeQuestion } from '../src/discover/dns.ts';
import { Services } from '../src/discover/services.ts';
import { readAnswer, writeSearch } from '../src/discover/ssdp.ts';
import { discoveryWith } from '../src/discover/system.ts';

const text = (value: string): number[] => [value.length, ...new TextEncoder().encode(value)];
const name = (value: string): number[] => [...value.split('.').flatMap(text), 0];
const word = (value: number): number[] => [value >> 8, value & 255];
const record = (owner: number[], type: number, data: number[]): number[] => [
  ...owner,
  ...word(type),
  ...word(1),
  0,
  0,
  0,
  120,
  ...word(data.length),
  ...data,
];
const packet = (records: number[][]): Uint8Array =>
  Uint8Array.from([0, 0, 0x84, 0, 0, 0, ...word(records.length), 0, 0, 0, 0, ...records.flat()]);

const SERVICE = '_hue._tcp.local';
/** A pointer back to the service's name, which stands first in the packet. */
const POINTER = [0xc0, 12];
const answer = (address = [192, 168, 1, 7]): Uint8Array =>
  packet([
    record(name(SERVICE), 12, [...text('Bridge'), ...POINTER]),
    record([...text('Bridge'), ...POINTER], 33, [0, 0, 0, 0, ...word(443), ...name('bridge.local')]),
    record([...text('Bridge'), ...POINTER], 16, [...text('bridgeid=001'), ...text('flag')]),
    record(name('bridge.local'), 1, address),
  ]);

test('an instance is told once all of it is known, and again when it moves', () => {
  const services = new Services(SERVICE);
  assert.equal(services.take(answer(), '10.0.0.1'), [
    { address: '192.168.1.7', port: 443, name: 'Bridge', detail: { bridgeid: '001', flag: '' } },
  ]);
  assert.equal(services.take(answer(), '10.0.0.1'), []);
  assert.is(services.take(answer([192, 168, 1, 8]), '10.0.0.1')[0]!.address, '192.168.1.8');
  assert.equal(new Services('_other._tcp.local').take(answer(), '10.0.0.1'), []);
});

test('a question reads back as a question without records', () => {
  assert.equal(readPacket(writeQuestion(SERVICE)), []);
  assert.is(writeQuestion('_a._tcp.local').length, 12 + 15 + 4);
});

test('no packet makes the reader throw or hang', () => {
  const good = answer();
  const mutated = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 8 }).map((changes) => {
    const bytes = Uint8Array.from(good);
    for (const [at, value] of changes) bytes[at] = value;
    return bytes;
  });
  fc.assert(
    fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 512 })), (bytes) => {
      assert.ok(readPacket(bytes).length <= 256);
      new Services(SERVICE).take(bytes, '10.0.0.1');
      readAnswer(bytes, '10.0.0.1');
    }),
    { numRuns: 3_000 },
  );
  const loop = Uint8Array.from([...packet([[]]).subarray(0, 12), 0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 0, 0, 0]);
  assert.equal(readPacket(loop), []);
});

test('an SSDP answer tells where its device listens; other datagrams are passed over', () => {
  const bytes = new TextEncoder().encode(
    'HTTP/1.1 200 OK\r\nLOCATION: http://10.0.0.9:8080/d.xml\r\nUSN: uuid:1\r\n__proto__: x\r\n\r\n',
  );
  const found = readAnswer(bytes, '10.0.0.9')!;
  assert.equal([found.address, found.port, found.name], ['10.0.0.9', 8080, 'uuid:1']);
  assert.is(readAnswer(new TextEncoder().encode('hello'), '10.0.0.9'), null);
  assert.match(new TextDecoder().decode(writeSearch('a\r\nX: y')), 'ST: aX: y\r\n');
});

test('a UDP question is answered, and asked again until the signal aborts', async () => {
  const device = createSocket('udp4');
  const heard: string[] = [];
  device.on('message', (message, { port, address }) => {
    heard.push(String(message));
    device.send(`answer ${heard.length}`, port, address);
  });
  await new Promise<void>((resolve) => device.bind(0, '127.0.0.1', () => resolve()));
  const stop = new AbortController();
  const found: string[] = [];
  const question = new TextEncoder().encode('who?');
  for await (const { message } of discoveryWith(systemClock, '127.0.0.1').udp(
    device.address().port,
    question,
    stop.signal,
  )) {
    found.push(String(Buffer.from(message)));
    if (found.length === 2) stop.abort();
  }
  assert.equal(found, ['answer 1', 'answer 2']);
  assert.equal(heard, ['who?', 'who?']);
  device.close();
});

test('looking for something with a signal that has aborted ends at once', async () => {
  const seen: unknown[] = [];
  for await (const each of discoveryWith(fakeClock()).mdns('_x._tcp', AbortSignal.abort())) seen.push(each);
  assert.equal(seen, []);
});

test.run();
