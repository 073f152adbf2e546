// A pointer into a rule is told in the words of the innermost step it leads to.

import type { Rule } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pointerText } from './pointers.ts';
import type { Names } from './sentences.ts';

const names: Names = { device: (id) => id.toUpperCase(), room: (id) => id, rule: (id) => id, scene: (id) => id };
const held = { kind: 'property', device: 'b', property: 'contact.open', is: true } as const;
const rule: Rule = {
  id: 'r',
  triggers: [{ kind: 'sun', event: 'sunset' }],
  conditions: [{ kind: 'not', condition: held }],
  actions: [
    { kind: 'if', if: held, then: [{ kind: 'delay', for: '1s' }, { kind: 'stop' }] },
    { kind: 'wait', event: { kind: 'sun', event: 'sunrise' } },
  ],
};
const text = (pointer: string): string | null => pointerText(rule, pointer, names);

const Pointers = suite('pointers');

Pointers('a trigger, a condition and an action', () => {
  assert.is(text('/triggers/0'), 'it is sunset');
  assert.is(text('/conditions/0'), 'not (B is “Open”)');
  assert.is(text('/actions/0/then/1'), 'stop');
});

Pointers('what stands inside a step is told as what it is', () => {
  assert.is(text('/conditions/0/condition'), 'B is “Open”');
  assert.is(text('/actions/0/if'), 'B is “Open”');
  assert.is(text('/actions/1/event'), 'it is sunrise');
});

Pointers('a field is told as the step that has it', () => {
  assert.is(text('/actions/0/then/0/for'), 'pause for 1 second');
  assert.is(text('/triggers/0/offset'), 'it is sunset');
});

Pointers('what leads nowhere is nothing', () => {
  for (const pointer of ['', '/name', '/actions/9', '/actions', '/nothing/0/at/all'])
    assert.is(text(pointer), null, pointer);
});

Pointers.run();
