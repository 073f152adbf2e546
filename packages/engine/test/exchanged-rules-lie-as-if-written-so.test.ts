// An exchange of rules copies what did not change. However often rules were exchanged, the memory is laid out as for an engine that
// is made with the last ones: its image goes into one, with all runs under way, and both go on alike.

import { createEngine } from '@lintel/engine';
import type { Engine, EngineDevice, EngineEvent } from '@lintel/engine';
import type { Rule } from '@lintel/model';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BERLIN, MINUTE, becomes, rule, say, tell } from './home.ts';

const test = suite('exchanged rules');
const NAMES = ['a', 'b', 'c', 'd'];
const lamp = (id: string, room: string): EngineDevice => ({ id, kind: 'light', room, endpoints: [] });
const devices = [lamp('a', 'hall'), lamp('b', 'hall'), lamp('c', 'attic'), lamp('d', 'attic')];

/** One text of many for a rule; each waits in another way and names slots, texts and rules of its own. */
function ruleOf(id: number, text: number): Rule {
  const name = `rule-${id}`;
  const device = NAMES[text % NAMES.length]!;
  const inHall = { kind: 'property', device: { room: 'hall' }, property: 'onOff.on', match: 'any' } as const;
  const hall = { ...inHall, is: true } as const;
  const own = becomes(true, 'onOff.on', device);
  const more = { mode: 'parallel', max: 3, onEdit: text % 3 === 0 ? 'cancel' : 'finish' } as const;
  const lasting = { kind: 'property', device, property: 'onOff.on', becomes: true, for: '2m' } as const;
  const kinds: Rule[] = [
    rule(name, [own], [{ kind: 'delay', for: '5m' }, say(`text ${text}`)], more),
    rule(name, [own], [{ kind: 'wait', until: { kind: 'not', condition: hall }, timeout: '20m' }, say('dark')], more),
    rule(name, [lasting], [{ kind: 'set', target: { room: 'hall' }, values: { 'onOff.on': text % 2 === 0 } }], more),
    rule(name, [{ ...inHall, becomes: true }], [tell('"on " + trigger.device')], more),
    rule(name, [own], [{ kind: 'wait', event: { kind: 'event', event: 'bell' } }, say('rang')], more),
    rule(
      name,
      [{ kind: 'event', event: 'bell' }],
      [{ kind: 'automation', automation: `rule-${text % 7}`, do: 'run' }],
      more,
    ),
    rule(
      name,
      [own],
      [
        { kind: 'variable', name: `v${text % 5}`, value: text },
        { kind: 'delay', for: '1m' },
      ],
      {
        ...more,
        conditions: [{ ...hall, for: '1m' }],
      },
    ),
  ];
  return kinds[text % kinds.length]!;
}

const edits = fc.array(
  fc.record({
    kind: fc.constantFrom('edit', 'add', 'delete', 'move', 'nothing'),
    at: fc.nat({ max: 99 }),
    text: fc.nat({ max: 40 }),
  }),
  { minLength: 1, maxLength: 6 },
);
type Edit = typeof edits extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

function edited(rules: readonly Rule[], { kind, at, text }: Edit, fresh: number): Rule[] {
  const next = rules.map((each) => structuredClone(each));
  const place = at % next.length;
  if (kind === 'edit') next[place] = ruleOf(Number(next[place]!.id.slice(5)), text);
  if (kind === 'add') next.splice(place, 0, ruleOf(fresh, text));
  if (kind === 'delete' && next.length > 1) next.splice(place, 1);
  if (kind === 'move') next.splice(text % next.length, 0, ...next.splice(place, 1));
  return next;
}

const events = (step: number): EngineEvent[] => [
  ...NAMES.map((device, index) => ({ device, property: 'onOff.on', value: (step + index) % 3 !== 0 })),
  { device: 'z', property: `unnamed.${step}`, value: step },
  ...(step % 4 === 3 ? [{ event: 'bell' }] : []),
];

async function holdsFor(list: readonly Edit[]): Promise<void> {
  let rules = Array.from({ length: 12 }, (_, id) => ruleOf(id, id));
  const options = { home: BERLIN, devices, strict: false } as const;
  const engine = await createEngine({ ...options, rules, startAt: 0 });
  for (const [index, edit] of list.entries()) {
    engine.step(index * MINUTE, events(index));
    rules = edited(rules, edit, 12 + index);
    const before = runsIn(engine);
    const { kept, finished, cancelled } = engine.replaceRules(rules, { devices: structuredClone(devices) });
    assert.is(kept + finished + cancelled, before, 'every run is accounted for');
    assert.is(runsIn(engine), kept + finished, 'every run that goes on is there');
    await goesOnIn(await createEngine({ ...options, rules, startAt: 5 }), engine);
  }
  engine.close();
}

const runsIn = (engine: Engine): number =>
  Object.values(engine.export().rules).reduce((sum, { runs }) => sum + runs.length, 0);

/** Both from one image, so that neither has anything left to say of the exchange; the engine is put back afterwards. */
async function goesOnIn(fresh: Engine, engine: Engine): Promise<void> {
  const image = engine.snapshot();
  for (const each of [fresh, engine]) each.restore(image);
  assert.is(fresh.stateHash(), engine.stateHash());
  assert.equal(fresh.export(), engine.export());
  for (let step = 10; step < 14; step += 1)
    assert.equal(fresh.step(step * MINUTE, events(step)), engine.step(step * MINUTE, events(step)));
  assert.is(fresh.stateHash(), engine.stateHash());
  fresh.close();
  engine.restore(image);
}

test('rules that were edited, added, deleted and moved lie as in an engine made with them', async () => {
  await fc.assert(fc.asyncProperty(edits, holdsFor), { numRuns: 30, includeErrorInReport: true });
});

test('a rule that says the same in other words of JSON is not edited', async () => {
  const one = rule('r', [becomes(true)], [{ kind: 'delay', for: '5m' }, say('done')]);
  const engine = await createEngine({ rules: [one], home: BERLIN, startAt: 0 });
  engine.step(0, [{ device: 'a', property: 'onOff.on', value: false }]);
  engine.step(1, [{ device: 'a', property: 'onOff.on', value: true }]);
  const { id, triggers, actions } = structuredClone(one);
  const again = { actions, conditions: undefined, triggers, id } as unknown as Rule;
  assert.equal(engine.replaceRules([again]), { kept: 1, finished: 0, cancelled: 0 });
  const longer = { ...again, name: 'x' } as Rule;
  for (const edited of [longer, again])
    assert.equal(engine.replaceRules([edited]), { kept: 0, finished: 1, cancelled: 0 });
});

test('a home whose rooms changed is another', async () => {
  const hall = {
    kind: 'property',
    device: { room: 'hall' },
    property: 'onOff.on',
    match: 'any',
    becomes: true,
  } as const;
  const rules = [rule('r', [hall], [say('hall')])];
  const engine = await createEngine({ rules, home: BERLIN, devices, strict: false, startAt: 0 });
  const toldBy = (device: string, now: number): number => {
    engine.step(now, [{ device, property: 'onOff.on', value: false }]);
    return engine.step(now + 1, [{ device, property: 'onOff.on', value: true }]).commands.length;
  };
  assert.is(toldBy('c', 0), 0);
  engine.replaceRules(rules, { devices: devices.map((each) => ({ ...each, room: 'hall' })) });
  assert.is(toldBy('c', 10), 1);
});

test.run();
