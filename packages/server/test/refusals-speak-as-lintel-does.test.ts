// Whatever a request is refused for is told in Lintel's own words, at every route: never in those of a library.

import type { HubError } from '@lintel/model';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';
import { parseBody } from '../../hub/src/services/validate.ts';
import { validate } from '../src/validate.ts';
import { makeDevice } from './fake-things.ts';
import { openHouse } from './harness.ts';

const house = await openHouse();
const owner = await house.claim();
house.hub.addDevice(makeDevice('virtual:lamp-1', null));
test.after(() => house.close());

const LIBRARY =
  /Invalid|Too (big|small)|Unrecognized|received|undefined|\bstring\b|\bboolean\b|\barray\b|[<>]=|pattern|regex/i;
const WRONG: readonly unknown[] = [null, true, 7, '', 'x'.repeat(12_000), [[7]], { x: 1 }];

const fieldsOf = (schema: z.ZodType): readonly string[] => {
  const { properties = {}, anyOf = [], oneOf = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const branches = [...anyOf, ...oneOf].map((each) => (typeof each === 'object' ? (each.properties ?? {}) : {}));
  return [...new Set([properties, ...branches].flatMap((each) => Object.keys(each)))];
};

test('no route refuses a body or a query in the words of the validator', async () => {
  let refused = 0;
  const told = async (method: string, path: string, body?: unknown): Promise<void> => {
    const { status, json } = await house.ask(method, path, { token: owner, ...(body !== undefined && { body }) });
    if (status < 400) return;
    refused += 1;
    assert.not.match(String(json.detail), LIBRARY, `${method} ${path} ${JSON.stringify(body)?.slice(0, 80)}`);
  };
  for (const { method, path, body, query } of house.server.routes) {
    // Who asks must stay signed in, and the door open.
    if (/restore|sessions|safe-mode/.test(path) || method === 'DELETE') continue;
    const address = path.replaceAll(/:[A-Za-z]+/g, 'none');
    for (const field of fieldsOf(query)) await told(method, `${address}?${field}=%20x`, body === null ? undefined : {});
    if (body === null) continue;
    for (const each of WRONG) await told(method, address, each);
    for (const field of fieldsOf(body))
      await Promise.all(WRONG.map((each) => told(method, address, { [field]: each })));
  }
  assert.ok(refused > 1_000, `only ${refused} were refused`);
});

const FIELD: readonly (readonly [z.ZodType, unknown, string])[] = [
  [z.string(), undefined, 'this must be given'],
  [z.string(), 7, 'expected a text, not a number'],
  [z.number(), '7', 'expected a number, not a text'],
  [z.number(), Infinity, 'expected a number'],
  [z.int(), 1.5, 'expected a whole number, not a fraction'],
  [z.boolean(), null, 'expected true or false, not null'],
  [z.array(z.string()), {}, 'expected a list, not an object'],
  [z.record(z.string(), z.string()), [], 'expected an object, not a list'],
  [z.enum(['low', 'high']), 'x', 'expected one of low, high'],
  [z.literal('low'), undefined, 'this must be given'],
  [z.literal('low'), 'high', 'expected "low"'],
  [z.string().min(1), '', 'expected at least 1 character'],
  [z.string().max(3), 'four', 'expected at most 3 characters'],
  [z.string().length(2), 'x', 'expected exactly 2 characters'],
  [z.array(z.string()).min(2), [], 'expected at least 2 entries'],
  [z.number().min(5), 4, 'expected at least 5'],
  [z.number().positive(), 0, 'expected more than 0'],
  [z.number().lt(5), 5, 'expected less than 5'],
  [z.number().multipleOf(5), 4, 'expected a multiple of 5'],
  [z.email(), 'x', 'expected an e-mail address'],
  [z.string().regex(/^a$/), 'x', 'expected a text that is written otherwise'],
  [z.union([z.string(), z.number()]), true, 'expected a text or a number, not true'],
  [
    z.union([z.boolean(), z.number(), z.string(), z.null()]),
    [],
    'expected true or false, a number, a text or null, not a list',
  ],
  [z.union([z.literal('a'), z.number()]), true, 'this fits none of what may stand here'],
  [z.string('a name is needed'), 7, 'a name is needed'],
];

test('what was expected is said, and of what kind the value is, by the server and the services alike', () => {
  for (const [schema, value, words] of FIELD) {
    const body = z.strictObject({ field: schema });
    for (const [check, expected] of [
      [() => validate(body, { field: value }), `field: ${words}`],
      [() => parseBody(body, { field: value }), words],
    ] as const)
      assert.throws(check, ({ code, message, pointer }: HubError) => {
        assert.equal([code, message, pointer], ['BAD_VALUE', expected, '/field']);
        return true;
      });
  }
});

test.run();
