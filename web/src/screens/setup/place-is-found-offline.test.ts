import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CITIES, cityNamed, findCities } from './cities.ts';
import { BLANK, bodyOf, checkStep, readDegrees, stepOf } from './form.ts';

const Place = suite('place');

Place('every city lies on the globe, in a time zone there is', () => {
  for (const { name, latitude, longitude, timeZone } of CITIES) {
    assert.ok(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180, name);
    assert.not.throws(() => new Intl.DateTimeFormat('en', { timeZone }), name);
  }
  assert.is(new Set(CITIES.map((city) => `${city.name} ${city.country}`)).size, CITIES.length);
});

Place('a few letters find a city, with or without accents', () => {
  assert.is(findCities('zur')[0]?.name, 'Zurich');
  assert.is(findCities('sao p')[0]?.timeZone, 'America/Sao_Paulo');
  assert.is(findCities('york')[0]?.name, 'New York');
  assert.is(cityNamed('krakow')?.country, 'PL');
  assert.equal(findCities('  '), []);
});

Place('degrees are read with a point or a comma, and nothing else is', () => {
  assert.is(readDegrees(' 52,52 '), 52.52);
  assert.is(readDegrees('-33.9'), -33.9);
  for (const text of ['', '52N', '1e3', '52.', '1.2.3']) assert.is(readDegrees(text), null, text);
});

Place('a step says what is missing, and no other step’s fields', () => {
  assert.equal(Object.keys(checkStep(0, BLANK)), ['setupCode']);
  assert.equal(Object.keys(checkStep(1, BLANK)), ['name', 'password']);
  assert.equal(Object.keys(checkStep(2, BLANK)), ['homeName', 'latitude', 'longitude']);
  const placed = { ...BLANK, homeName: 'x', latitude: '91', longitude: '-181' };
  assert.equal(checkStep(2, placed), { latitude: 'Between -90 and 90.', longitude: 'Between -180 and 180.' });
});

Place('the hub’s pointer finds its step and field', () => {
  assert.equal(stepOf('/password'), { step: 1, field: 'password' });
  assert.equal(stepOf('/home/name'), { step: 2, field: 'homeName' });
  assert.equal(stepOf('/home/timeZone'), { step: 2, field: 'timeZone' });
  assert.equal(stepOf('/name'), { step: 1, field: 'name' });
  assert.equal(stepOf(''), { step: 0, field: null });
});

Place('what is sent has the shape the hub asks for', () => {
  const form = {
    ...BLANK,
    setupCode: ' abc ',
    name: 'Ada',
    password: ' p ',
    homeName: 'H',
    latitude: '1',
    longitude: '2',
    timeZone: 'UTC',
  };
  const home = { name: 'H', latitude: 1, longitude: 2, timeZone: 'UTC' };
  assert.equal(bodyOf(form, false), { setupCode: 'abc', name: 'Ada', password: ' p ', home });
  assert.is(bodyOf(form, true)['virtual'], true);
});

Place.run();
