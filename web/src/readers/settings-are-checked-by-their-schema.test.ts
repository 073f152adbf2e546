import type { SettingsSchema } from '@lintel/protocol';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { blank, prune, shapeOf, UnreadableJson, validate } from './schema.ts';

const SCHEMA: SettingsSchema = {
  type: 'object',
  required: ['port', 'mode'],
  properties: {
    port: { type: 'string', minLength: 1 },
    mode: { type: 'string', enum: ['a', 'b'], default: 'a' },
    channel: { type: 'integer', minimum: 11, maximum: 26 },
    any: { type: 'integer', minimum: -9_007_199_254_740_991, maximum: 9_007_199_254_740_991 },
    maybe: { anyOf: [{ type: 'number', minimum: 0 }, { type: 'null' }] },
    items: {
      type: 'array',
      items: { type: 'object', required: ['name'], properties: { name: { type: 'string', maxLength: 3 } } },
    },
  },
};

const Schema = suite('settings');

Schema('what is needed is missing until it is there, and a default is enough', () => {
  assert.equal(validate(SCHEMA, {}), { '/port': 'This is needed.' });
  assert.equal(validate(SCHEMA, { port: 'x' }), {});
});

Schema('limits are named, and the limits of all integers are none', () => {
  assert.equal(validate(SCHEMA, { port: 'x', channel: 99 }), { '/channel': 'Between 11 and 26.' });
  assert.equal(validate(SCHEMA, { port: 'x', channel: 11.5 }), { '/channel': 'A whole number is needed.' });
  assert.equal(validate(SCHEMA, { port: 'x', any: 12 }), {});
  assert.equal(validate(SCHEMA, { port: 'x', maybe: -1 }), { '/maybe': 'At least 0.' });
  assert.equal(validate(SCHEMA, { port: 'x', channel: Number.NaN }), { '/channel': 'A number is needed.' });
});

Schema('an error in a list points to its item', () => {
  assert.equal(validate(SCHEMA, { port: 'x', items: [{ name: 'ok' }, { name: 'long' }, {}] }), {
    '/items/1/name': 'At most 3 characters.',
    '/items/2/name': 'This is needed.',
  });
});

Schema('text that is not JSON yet is an error and not lost', () => {
  const broken = new UnreadableJson('{');
  assert.equal(validate({ type: 'object', properties: { raw: {} } }, { raw: broken }), {
    '/raw': 'This is not valid JSON.',
  });
  assert.is(broken.text, '{');
});

Schema('shapes follow the schema, also through “or null”', () => {
  assert.is(shapeOf({ type: 'string', writeOnly: true }), 'secret');
  assert.is(shapeOf({ anyOf: [{ type: 'boolean' }, { type: 'null' }] }), 'flag');
  assert.is(shapeOf({ oneOf: [{ type: 'string' }, { type: 'number' }] }), 'json');
  assert.is(shapeOf({ type: 'object' }), 'json');
});

Schema('ids of devices and rooms are chosen by name, one or several', () => {
  const room = { type: 'string', format: 'room' };
  assert.is(shapeOf(room), 'thing');
  assert.is(shapeOf({ type: 'array', items: { type: 'string', format: 'device' } }), 'things');
  assert.is(shapeOf({ type: 'string', format: 'uri' }), 'text');
  assert.equal(validate({ type: 'object', properties: { a: room }, required: ['a'] }, {}), { '/a': 'This is needed.' });
  assert.equal(blank({ type: 'array', items: room }), []);
});

Schema('what is left empty is left out, and a new item begins with its defaults', () => {
  assert.equal(prune({ a: '', b: undefined, c: 0, d: [{ e: '' }], f: false }), { c: 0, d: [{}], f: false });
  assert.equal(blank(SCHEMA.properties!['items']!), []);
  assert.equal(blank(SCHEMA), { port: undefined, mode: 'a' });
});

Schema.run();
