// The report of an import says what it could not find; each of these is asked for once, and guessed where the name says it.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { entitiesAsked, guess, inputsAsked, sortsFor, type Candidate } from './import-needs.ts';

const note = (message: string, line = 1) => ({ line, level: 'error' as const, message });
const Imports = suite('imports');

Imports('entities that are not mapped are asked for, each once', () => {
  const report = [
    note('"light.hall" is not mapped to anything of this home', 3),
    note('"light.hall" is not mapped to anything of this home', 9),
    note('which property is "sensor.bath"? Say it with the device: {device, property}', 12),
    note('"scene.tv" is mapped to something that is no scene', 14),
    note('"mode: fast" is no key of an automation', 15),
    note('"broken \\" is not mapped to anything', 16),
  ];
  assert.equal(entitiesAsked(report), ['light.hall', 'sensor.bath', 'scene.tv']);
});

Imports('inputs of a blueprint are asked for', () => {
  assert.equal(inputsAsked([note('the input "no_motion_wait" of the blueprint is not given')]), ['no_motion_wait']);
  assert.equal(inputsAsked([note('"light.hall" is not mapped to anything of this home')]), []);
});

Imports('what an entity may be follows from what stands before its dot', () => {
  assert.equal(sortsFor('light.hall'), ['device']);
  assert.is(sortsFor('person.ada')[0], 'person');
  assert.is(sortsFor('input_boolean.party')[0], 'variable');
  assert.equal(sortsFor('0a1b2c3d'), ['device', 'room']);
});

Imports('a name that says which thing it is is taken, and no other', () => {
  const all: Candidate[] = [
    { sort: 'device', id: 'a', name: 'Motion', more: 'Hall' },
    { sort: 'device', id: 'b', name: 'Lamp', more: 'Hall' },
    { sort: 'device', id: 'c', name: 'Lamp', more: 'Kitchen' },
    { sort: 'person', id: 'ada', name: 'Ada' },
  ];
  assert.is(guess('binary_sensor.hall_motion', all)?.id, 'a');
  assert.is(guess('light.kitchen_lamp', all)?.id, 'c');
  assert.is(guess('person.ada', all)?.id, 'ada');
  assert.is(guess('light.lamp', all), null, 'two are called so');
  assert.is(guess('light.ada', all), null, 'a person is no lamp');
  assert.is(guess('light.garden', all), null);
});

Imports.run();
