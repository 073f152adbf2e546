// What was appended and synced is read back whatever the power cut did to the end of the newest segment.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { systemScheduler } from '../src/clock.ts';
import { folderDisk, type AppendFile, type Disk } from '../src/journal/disk.ts';
import { openJournal, type Appended } from '../src/journal/journal.ts';

const test = suite('journal');

const SYSTEM = { kind: 'system' } as const;
const report = (value: number): Appended => ({
  input: { kind: 'report', body: { device: 'virtual:lamp', values: { 'level.level': value } } },
  origin: SYSTEM,
  cause: 0,
});

/** A disk in memory whose files can be torn and whose writes can fail. */
function memoryDisk(): Disk & { files: Map<string, Buffer>; failNext: string | null } {
  const files = new Map<string, Buffer>();
  const disk = {
    files,
    failNext: null as string | null,
    list: () => [...files.keys()].toSorted(),
    read: (name: string) => Buffer.from(files.get(name)!),
    openAppend: (name: string): AppendFile => {
      if (!files.has(name)) files.set(name, Buffer.alloc(0));
      return {
        append: (bytes) => {
          if (disk.failNext !== null) {
            const code = disk.failNext;
            disk.failNext = null;
            throw Object.assign(new Error(code), { code });
          }
          files.set(name, Buffer.concat([files.get(name)!, bytes]));
        },
        sync: () => Promise.resolve(),
        close: () => Promise.resolve(),
      };
    },
    truncate: (name: string, bytes: number) => void files.set(name, files.get(name)!.subarray(0, bytes)),
    remove: (name: string) => void files.delete(name),
    sync: () => {},
  };
  return disk;
}

const open = (disk: Disk, segmentBytes = 400) => openJournal({ disk, scheduler: systemScheduler, segmentBytes });
const numbers = (disk: Disk): number[] => [...open(disk).read(1)].map((record) => record.sequence);

test('numbers records from 1 and reads them back across segments and openings', async () => {
  const disk = folderDisk(mkdtempSync(join(tmpdir(), 'journal-')));
  const first = open(disk);
  for (let index = 0; index < 20; index++) first.append([report(index / 20)]);
  await first.synced(20, true);
  await first.close();
  const second = open(disk);
  assert.is(second.last, 20);
  assert.ok(disk.list().length > 3, 'several segments');
  second.append([report(1), report(0)]);
  assert.equal(
    [...second.read(19)].map((record) => record.sequence),
    [19, 20, 21, 22],
  );
  await second.close();
});

test('cuts off a torn tail, says so, and goes on behind the last whole record', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 200 }), (count, torn) => {
      const disk = memoryDisk();
      const journal = open(disk, 100_000);
      for (let index = 0; index < count; index++) journal.append([report(index)]);
      const [name] = disk.list();
      const whole = disk.files.get(name!)!;
      disk.truncate(name!, Math.max(0, whole.length - torn));
      const reopened = open(disk, 100_000);
      assert.ok(reopened.last < count);
      assert.ok(reopened.last === 0 || reopened.last >= count - Math.ceil(torn / 100) - 1);
      reopened.append([report(0.5)]);
      assert.equal(
        numbers(disk),
        Array.from({ length: reopened.last }, (_, index) => index + 1),
      );
    }),
  );
});

test('a segment that a full disk did not take is not left behind, and one that is found empty lost its records', () => {
  const disk = memoryDisk();
  const journal = open(disk, 1);
  journal.append([report(1)]);
  disk.failNext = 'ENOSPC';
  assert.throws(() => journal.append([report(0)]), (error: { code: string }) => error.code === 'DISK_FULL'); // prettier-ignore
  assert.is(disk.list().length, 1);
  assert.equal(open(disk, 1).losses, []);
  journal.append([report(0)]);
  assert.is(open(disk, 1).last, 2);
  disk.files.set('0000000000000002.journal', Buffer.alloc(0));
  assert.is(open(disk, 1).losses.length, 1);
});

const tenRecords = (segmentBytes: number): ReturnType<typeof memoryDisk> => {
  const disk = memoryDisk();
  const journal = open(disk, segmentBytes);
  for (let index = 0; index < 10; index++) journal.append([report(index)]);
  return disk;
};

test('a flipped bit anywhere costs the record that it hit, by its number, and no other', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 0, max: 7 }), fc.constantFrom(400, 100_000), (place, bit, segmentBytes) => {
      const disk = tenRecords(segmentBytes);
      const names = disk.list();
      const bytes = disk.files.get(names[place % names.length]!)!;
      bytes[place % bytes.length]! ^= 1 << bit;
      const reopened = open(disk, segmentBytes);
      const gaps: { first: number; last: number }[] = [];
      const left = [...reopened.read(1, (gap) => gaps.push(gap))];
      assert.equal(
        left.map(({ body }) => body),
        left.map(({ sequence }) => report(sequence - 1).input.body),
      );
      const lost = gaps.reduce((sum, { first, last }) => sum + last - first + 1, 0) + (10 - reopened.last);
      assert.is(left.length + lost, 10);
      assert.ok(lost <= 1, `${lost} lost`);
      for (const { sequence } of left) assert.is(reopened.find(sequence)?.sequence, sequence);
      const isNewest = place % names.length === names.length - 1;
      assert.is(reopened.losses.length, isNewest ? 1 : 0);
      reopened.append([report(0.5)]);
      assert.equal([...open(disk, segmentBytes).read(1)].length, left.length + 1, 'and it goes on');
    }),
    { numRuns: 500 },
  );
});

test('what is lost is named with its numbers', () => {
  const disk = tenRecords(100_000);
  const bytes = disk.files.get(disk.list()[0]!)!;
  for (const part of ['level.level":3}', 'level.level":4}']) bytes[bytes.indexOf(part)]! ^= 1;
  assert.match(open(disk).losses.join(), /journal: wrong check sum at byte \d+; records 4 to 5 are lost$/);
});

test('a segment that is gone is refused: nothing says how much it held', () => {
  const disk = tenRecords(400);
  disk.remove(disk.list()[1]!);
  assert.throws(
    () => numbers(disk),
    (error: { code?: string; message: string }) => error.code === 'STORAGE_FAILED' && /is missing/.test(error.message),
  );
});

test('a full disk is named, writes nothing, and passes', () => {
  const disk = memoryDisk();
  const journal = open(disk);
  journal.append([report(1)]);
  disk.failNext = 'ENOSPC';
  assert.throws(
    () => journal.append([report(2)]),
    (error: { code?: string }) => error.code === 'DISK_FULL',
  );
  journal.append([report(3)]);
  assert.equal(numbers(disk), [1, 2]);
});

test('time in the journal never runs backwards', () => {
  let now = 1_000;
  const disk = memoryDisk();
  const journal = openJournal({ disk, scheduler: { now: () => now, steady: () => now, after: () => () => {} } });
  journal.append([report(1)]);
  now = 500;
  journal.append([report(2)]);
  assert.equal(
    [...journal.read(1)].map((record) => record.at),
    [1_000, 1_000],
  );
});

test('forgets whole old segments only', () => {
  const disk = memoryDisk();
  const journal = open(disk);
  for (let index = 0; index < 20; index++) journal.append([report(index)]);
  journal.forget(12, 0);
  assert.ok(journal.first > 1 && journal.first <= 12);
  assert.is([...journal.read(12)].length, 9);
});

test.run();
