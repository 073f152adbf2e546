import type { HubError } from '@lintel/model';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';

import { readSettings } from '../../src/plugins/schema.ts';
import { maskSecrets, unmaskSecrets } from '../../src/plugins/secrets.ts';

const schemaOf = (type: z.ZodType): unknown => z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' });

function fault(type: z.ZodType, settings: unknown): [string | undefined, string] {
  try {
    readSettings(schemaOf(type), settings);
  } catch (error) {
    return [(error as HubError).pointer, (error as HubError).message];
  }
  return ['none', 'none'];
}

test('each kind of fault has its pointer and names its limit', () => {
  const type = z.object({
    count: z.number().int().min(1).max(5).default(2),
    share: z.number().gt(0).lt(1).optional(),
    mode: z.enum(['a', 'b']).optional(),
    name: z.string().min(2).max(4).optional(),
    list: z
      .array(z.object({ port: z.number().max(65_535) }))
      .max(2)
      .optional(),
    host: z.url().optional(),
    by: z.record(z.string(), z.number()).optional(),
    either: z.union([z.literal('auto'), z.object({ 'a/b': z.number() })]).optional(),
  });
  const expect = (settings: unknown, pointer: string, part: string): void => {
    const [at, message] = fault(type, settings);
    assert.is(at, pointer);
    assert.match(message, part);
  };
  expect({ count: 6 }, '/settings/count', 'at most 5');
  expect({ count: '3' }, '/settings/count', 'expected a number, not "3"');
  expect({ share: 1 }, '/settings/share', 'less than 1');
  expect({ mode: 'c' }, '/settings/mode', 'one of a, b');
  expect({ name: 'x' }, '/settings/name', 'at least 2 characters');
  expect({ list: [{ port: 1 }, { port: 70_000 }] }, '/settings/list/1/port', 'at most 65535');
  expect({ list: [{}] }, '/settings/list/0/port', 'must be given');
  expect({ list: [{ port: 1 }, { port: 1 }, { port: 1 }] }, '/settings/list', 'at most 2 entries');
  expect({ host: 'no address' }, '/settings/host', 'an address');
  expect({ by: { a: 'x' } }, '/settings/by/a', 'expected a number');
  expect({ either: { 'a/b': 'x' } }, '/settings/either/a~1b', 'expected a number');
  expect({ other: 1 }, '/settings/other', 'no such setting');
  expect([], '/settings', 'expected an object');
  expect('x', '/settings', 'expected an object');
  assert.equal(readSettings(schemaOf(type), {}), { count: 2 });
});

test('agrees with zod on what fits, and on its defaults', () => {
  const type = z.strictObject({
    a: z.number().int().min(-3).max(3).default(1),
    b: z.string().max(3).optional(),
    c: z.array(z.boolean()).max(2).default([]),
    d: z.union([z.literal('x'), z.number()]).optional(),
    e: z.object({ f: z.enum(['g', 'h']) }).optional(),
  });
  const value = fc.oneof(
    fc.integer({ min: -5, max: 5 }),
    fc.double({ noNaN: true }),
    fc.constantFrom('x', 'g', 'long text', null, true),
    fc.array(fc.boolean(), { maxLength: 3 }),
    fc.record({ f: fc.constantFrom('g', 'z') }),
  );
  const settings = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'z'), value);
  fc.assert(
    fc.property(settings, (given) => {
      const plain = JSON.parse(JSON.stringify(given)) as unknown;
      const parsed = type.safeParse(plain);
      const [pointer] = fault(type, plain);
      assert.is(pointer === 'none', parsed.success, JSON.stringify(plain));
      if (parsed.success) assert.equal(readSettings(schemaOf(type), plain), parsed.data);
    }),
    { numRuns: 2_000, verbose: 1 },
  );
});

test('a schema that means harm costs nothing', () => {
  const loop = { $ref: '#/$defs/a', $defs: { a: { anyOf: [{ $ref: '#/$defs/a' }] } } };
  assert.throws(() => readSettings(loop, {}), /too deeply/);
  const slow = { type: 'object', properties: { a: { type: 'string', pattern: '^(a+)+$' } } };
  const before = performance.now();
  readSettings(slow, { a: `${'a'.repeat(40)}!` });
  assert.ok(performance.now() - before < 2_000, 'backtracking would take days');
  const simple = { type: 'object', properties: { a: { type: 'string', pattern: '^[a-z]{1,3}$' } } };
  assert.throws(() => readSettings(simple, { a: 'ABC' }), /only characters/);
  const pollution = JSON.parse('{"type":"object","additionalProperties":{}}') as unknown;
  assert.throws(() => readSettings(pollution, JSON.parse('{"__proto__":{"polluted":1}}')), /no such setting/);
  assert.is(({} as Record<string, unknown>)['polluted'], undefined);
});

test('secrets are masked wherever they lie, and the mask stands for what is stored', () => {
  const type = z.object({
    key: z.string().meta({ writeOnly: true }).optional(),
    list: z.array(z.object({ pass: z.string().meta({ writeOnly: true }), user: z.string() })).optional(),
  });
  const stored = { key: 'k', list: [{ pass: 'p', user: 'u' }] };
  const masked = maskSecrets(schemaOf(type), stored);
  assert.equal(masked, { key: '•••', list: [{ pass: '•••', user: 'u' }] });
  assert.equal(unmaskSecrets(schemaOf(type), masked, stored), stored);
});

test.run();
