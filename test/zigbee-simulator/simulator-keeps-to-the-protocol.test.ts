// The simulated radio itself: frames, attributes, reporting and sleep, with time turned by hand.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { Reader, Writer } from './bytes.ts';
import { VirtualDevice, type Destination } from './device.ts';
import { encodeFrame, FrameParser } from './frames.ts';
import { MODELS } from './models/index.ts';
import { NvMemory } from './nv.ts';
import { receive } from './receive.ts';
import type { Timers } from './timers.ts';
import { decodeZcl, encodeZcl, GENERAL, readValue, STATUS, TYPE, writeValue, type ZclFrame } from './zcl.ts';

/** Timers that stand still until they are turned. */
class HandTimers implements Timers {
  #now = 0;
  #tasks: { at: number; task: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, task: () => void): () => void {
    const entry = { at: this.#now + ms, task };
    this.#tasks.push(entry);
    return () => (this.#tasks = this.#tasks.filter((each) => each !== entry));
  }

  async turn(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      const next = this.#tasks.filter((each) => each.at <= until).toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#tasks = this.#tasks.filter((each) => each !== next);
      this.#now = next.at;
      next.task();
      await Promise.resolve();
    }
    this.#now = until;
    await Promise.resolve();
  }
}

const frames = suite('a serial frame');
const PING = encodeFrame(1, 1, 1, new Uint8Array());

frames('is cut out of any stream of bytes', () => {
  const parser = new FrameParser();
  assert.is(PING.toString('hex'), 'fe00210120');
  assert.is(parser.push(PING.subarray(0, 2)).length, 0);
  assert.is(parser.push(Buffer.concat([PING.subarray(2), Buffer.from('junk'), PING])).length, 2);
});

frames('with a wrong check sum is skipped, and the next is not', () => {
  const broken = Buffer.from(PING);
  broken[4]! ^= 0xff;
  assert.is(new FrameParser().push(Buffer.concat([broken, PING])).length, 1);
});
frames.run();

const values = suite('an attribute value');
values('survives the way out and in, in every type', () => {
  const samples = {
    bool: true,
    uint8: 200,
    int16: -1234,
    uint24: 1_000_000,
    uint48: 2 ** 40,
    int24: -5,
    enum16: 513,
    text: 'Lämpchen',
    ieee: '0x00158d0000a00001',
    single: 1.5,
  };
  for (const [type, value] of Object.entries(samples)) {
    const writer = new Writer();
    writeValue(writer, type as keyof typeof TYPE, value);
    assert.is(readValue(new Reader(writer.build()), type as keyof typeof TYPE), value, type);
  }
});
values.run();

interface Sent {
  readonly cluster: number;
  readonly to: Destination;
  readonly frame: ZclFrame;
}

/** A device with its radio caught. */
function make(kind: string): {
  device: VirtualDevice;
  timers: HandTimers;
  sent: Sent[];
  command: (cluster: number, command: number, payload?: number[], specific?: boolean) => void;
} {
  const timers = new HandTimers();
  const device = new VirtualDevice('0x00158d0000a00001', MODELS[kind]!, timers);
  const sent: Sent[] = [];
  const radio = {
    send: (_: VirtualDevice, __: number, cluster: number, to: Destination, bytes: Buffer) =>
      sent.push({ cluster, to, frame: decodeZcl(bytes) }),
  };
  device.join({ send: (...args) => void radio.send(...args) }, '0x0102030405060708', 1, null);
  const command = (cluster: number, number: number, payload: number[] = [], specific = true): void => {
    const header = {
      specific,
      fromServer: false,
      disableDefaultResponse: false,
      manufacturer: null,
      sequence: 7,
      command: number,
    };
    const bytes = encodeZcl(header, Buffer.from(payload));
    receive(device, { from: { ieee: null, endpoint: 1 }, endpoint: 1, cluster, bytes, unanswered: false });
  };
  return { device, timers, sent, command };
}

const answers = suite('a device');

answers('confirms what it did, and names what it cannot', () => {
  const { device, sent, command } = make('ikea-dimmable-lamp');
  command(0x0006, 0x01);
  assert.is(device.get('genOnOff.onOff'), true);
  assert.equal([...sent[0]!.frame.payload], [0x01, STATUS.success]);
  command(0x0006, 0x7f);
  assert.equal([...sent[1]!.frame.payload], [0x7f, STATUS.unsupportedCommand]);
  command(0x0300, 0x0a, [0, 1, 0, 0]);
  assert.equal([...sent[2]!.frame.payload], [0x0a, STATUS.unsupportedCluster]);
  command(0x0008, 0x00, [1]);
  assert.equal([...sent[3]!.frame.payload], [0x00, STATUS.malformed]);
});

answers('reads attributes, and says which it does not have', () => {
  const { sent, command } = make('ikea-dimmable-lamp');
  command(0x0006, GENERAL.read, [0x00, 0x00, 0x34, 0x12], false);
  assert.equal([...sent[0]!.frame.payload], [0x00, 0x00, 0x00, 0x10, 0x00, 0x34, 0x12, STATUS.unsupportedAttribute]);
});

answers('refuses to have a read-only attribute written', () => {
  const { sent, command } = make('ikea-dimmable-lamp');
  command(0x0006, GENERAL.write, [0x00, 0x00, 0x10, 0x01], false);
  assert.equal([...sent[0]!.frame.payload], [STATUS.readOnly, 0x00, 0x00]);
});

answers('fades, can be read on the way, and goes off at the end of a fade to nothing', async () => {
  const { device, timers, command } = make('ikea-dimmable-lamp');
  command(0x0006, 0x01);
  command(0x0008, 0x04, [54, 20, 0]);
  await timers.turn(1_000);
  const half = Number(device.get('genLevelCtrl.currentLevel'));
  assert.ok(half > 140 && half < 170, String(half));
  await timers.turn(1_000);
  assert.is(device.get('genLevelCtrl.currentLevel'), 54);
  command(0x0008, 0x04, [0, 5, 0]);
  await timers.turn(400);
  assert.is(device.get('genOnOff.onOff'), true);
  await timers.turn(200);
  assert.is(device.get('genOnOff.onOff'), false);
});

answers('discards a level while it is off, unless told to take it', () => {
  const { device, command } = make('ikea-dimmable-lamp');
  command(0x0008, 0x00, [100, 0, 0]);
  assert.is(device.get('genLevelCtrl.currentLevel'), 254);
  command(0x0008, 0x00, [100, 0, 0, 1, 1]);
  assert.is(device.get('genLevelCtrl.currentLevel'), 100);
});
answers.run();

const reporting = suite('reporting');
const CLUSTER = 0x0402;
/** Temperature: at least 10 s apart, at most 60 s, by half a degree. */
const CONFIGURE = [0x00, 0x00, 0x00, TYPE.int16, 10, 0, 60, 0, 50, 0];
const reports = (sent: readonly Sent[]): number => sent.filter((each) => each.frame.command === GENERAL.report).length;

function configured() {
  const made = make('sonoff-climate');
  made.device.bindings.push({ endpoint: 1, cluster: CLUSTER, to: { ieee: null, endpoint: 1 } });
  made.command(CLUSTER, GENERAL.configureReporting, CONFIGURE, false);
  const set = (value: number): void =>
    made.device.endpoints.get(1)!.set('msTemperatureMeasurement.measuredValue', value);
  return { ...made, set };
}

reporting('waits for the minimum interval, and then says the latest', async () => {
  const { timers, sent, set } = configured();
  await timers.turn(2_000);
  set(2200);
  set(2300);
  await timers.turn(7_900);
  assert.is(reports(sent), 0);
  await timers.turn(200);
  assert.is(reports(sent), 1);
  const { payload } = sent.at(-1)!.frame;
  assert.is(payload.readInt16LE(3), 2300);
});

reporting('leaves out what moved too little, but for the maximum interval', async () => {
  const { timers, sent, set } = configured();
  await timers.turn(20_000);
  set(2120);
  await timers.turn(20_000);
  assert.is(reports(sent), 0);
  await timers.turn(20_100);
  assert.is(reports(sent), 1);
});

reporting('goes to whom the cluster is bound, and to nobody else', async () => {
  const { device, timers, sent, set } = configured();
  device.bindings.length = 0;
  await timers.turn(20_000);
  set(2500);
  await timers.turn(100);
  assert.is(reports(sent), 0);
});
reporting.run();

const memory = suite('the memory of a stick');
memory('holds the network it formed, until it is cleared', () => {
  const nv = new NvMemory('0x00124b0001020304');
  assert.is(nv.network(), null);
  nv.adopt({
    panId: 0x1234,
    extendedPanId: '0x0102030405060708',
    channel: 20,
    networkKey: Array.from({ length: 16 }, (_, at) => at),
  });
  assert.equal(nv.network(), { panId: 0x1234, extendedPanId: '0x0102030405060708', channel: 20 });
  nv.clear();
  assert.is(nv.network(), null);
});
memory.run();
