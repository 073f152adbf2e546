// Devices, values, rules and settings in words.

import { describeCapability, type CapabilityName, type Device, type Rule, type Value } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { rank } from '../screens/quick/rank.ts';
import { direction } from '../strings/index.ts';
import { agentName } from './agent.ts';
import { hueCss, lampColor, temperatureRgb, xyRgb } from './color.ts';
import { durationWords, normaliseDuration } from './durations.ts';
import { ago, formatValue, temperature, useLocale } from './format.ts';
import { ruleText, triggerText, type Names } from './sentences.ts';
import { roomText, stateText } from './summary.ts';

useLocale('en');
const NOW = Date.parse('2027-05-06T12:00:00Z');

function device(
  capabilities: readonly CapabilityName[],
  values: Readonly<Record<string, Value>>,
  kind = 'light',
): Device {
  const state = (value: Value) => ({ value, changedAt: null, reportedAt: null, origin: null });
  return {
    kind,
    endpoints: [
      {
        id: '1',
        name: null,
        kind: null,
        room: null,
        capabilities: capabilities.map((each) => describeCapability(each)),
      },
    ],
    properties: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, state(value)])),
  } as unknown as Device;
}

const words = (each: Device): string => stateText(each, (key) => each.properties[key]?.value ?? null, 'metric');

const Words = suite('words');

Words('a device says in one line what it does', () => {
  assert.is(words(device(['onOff', 'level'], { 'onOff.on': true, 'level.level': 0.6 })), 'On · 60%');
  assert.is(words(device(['onOff', 'level'], { 'onOff.on': false, 'level.level': 0.6 })), 'Off');
  assert.is(words(device(['onOff'], { 'onOff.on': null })), 'No reading yet');
  assert.is(words(device(['lock'], { 'lock.state': 'locked' }, 'lock')), 'Locked');
  assert.is(words(device(['cover'], { 'cover.position': 0.25 }, 'cover')), '25% open');
  assert.is(words(device(['cover'], { 'cover.position': 0.25, 'cover.moving': 'opening' }, 'cover')), 'Opening');
  assert.is(
    words(
      device(['occupancy', 'illuminance'], { 'occupancy.occupied': true, 'illuminance.illuminance': 14 }, 'sensor'),
    ),
    'Motion · 14 lx',
  );
  assert.is(words(device(['button'], {}, 'button')), 'Button');
});

Words('a room says its lights and its warmth', () => {
  const lamp = device(['onOff'], { 'onOff.on': true });
  const sensors = [20, 21].map((each) => device(['temperature'], { 'temperature.temperature': each }, 'sensor'));
  assert.is(roomText([lamp, lamp, ...sensors], 'metric'), '2 lights on · 20.5 °C');
});

Words('values carry their units, and the home’s', () => {
  assert.is(temperature(21.46, 'metric'), '21.5 °C');
  assert.is(temperature(20, 'imperial'), '68 °F');
  assert.is(formatValue('battery.level', 0.314, '', 'metric'), '31%');
  assert.is(formatValue('occupancy.occupied@2', false, null, 'metric'), 'No motion');
  assert.is(formatValue('power.power', null, 'W', 'metric'), '–');
});

Words('times are told as people tell them', () => {
  const before = (seconds: number): string => ago(new Date(NOW - seconds * 1000).toISOString(), NOW);
  assert.is(before(3), 'just now');
  assert.is(before(90), '1 minute ago');
  assert.is(before(7_300), '2 hours ago');
});

Words('durations are read as people type them', () => {
  const cases: Readonly<Record<string, string>> = {
    '5m': '5m',
    '5 minutes': '5m',
    '1 hour and 30 min': '1h30m',
    '90 s': '1m30s',
    '1,5 s': '1s500ms',
    soon: 'soon',
    '5 parsecs': '5 parsecs',
    '5': '5',
  };
  for (const [typed, expected] of Object.entries(cases)) assert.is(normaliseDuration(typed), expected, typed);
  assert.is(durationWords('1h30m'), '1 hour 30 minutes');
  assert.is(durationWords('250ms'), '250 ms');
  assert.is(durationWords({ expression: 'x' }), 'a computed value');
});

Words('a rule reads as a sentence, whatever it holds', () => {
  const names: Names = { device: (id) => id.toUpperCase(), room: (id) => id, rule: (id) => id, scene: (id) => id };
  const rule: Rule = {
    id: 'r',
    triggers: [
      { kind: 'property', device: 'a', property: 'temperature.temperature', above: 25, for: '10m' },
      { kind: 'sun', event: 'sunset', offset: '-30m' },
      { kind: 'presence', person: 'anyone', becomes: 'home' },
      { kind: 'property', device: { room: 'hall', kind: 'light' }, property: 'onOff.on', becomes: true },
    ],
    conditions: [{ kind: 'not', condition: { kind: 'property', device: 'b', property: 'contact.open', is: true } }],
    actions: [
      { kind: 'set', target: { room: 'hall' }, values: { 'level.level': { expression: 'x' } }, for: '5m' },
      { kind: 'repeat', count: 3, actions: [{ kind: 'delay', for: '1s' }] },
      { kind: 'if', if: { kind: 'mode', is: 'night' }, then: [{ kind: 'stop' }] },
    ],
  };
  assert.is(
    ruleText(rule, names),
    'When temperature of A goes above 25 for 10 minutes, it is sunset (30 minutes earlier), anyone comes home or any light in hall ' +
      'becomes “On”, if not (B is “Open”): set the lights in hall: brightness a computed value for 5 minutes, repeat 3 times: ' +
      'pause for 1 second, if the mode is Night: stop.',
  );
});

Words('lamps are painted in the colour they shine in', () => {
  const shown = (values: Readonly<Record<string, Value>>) => lampColor({} as Device, (key) => values[key] ?? null);
  assert.is(shown({ 'color.mode': 'hs', 'color.hue': 240, 'color.saturation': 1 }), hueCss(240, 1));
  assert.is(hueCss(240, 1), 'rgb(0 0 255)');
  assert.match(shown({}), /^rgb\(255 /);
  const [red, , blue] = temperatureRgb(2200);
  assert.ok(red > blue, 'candle light is warm');
  const [r, g] = xyRgb(0.17, 0.7);
  assert.ok(g > r, 'the green corner is green');
});

Words('an event is told as what it is: a press, what a device sends, or one of the home', () => {
  const asIs = (id: string): string => id;
  const names: Names = { device: () => 'Front door', room: asIs, rule: asIs, scene: asIs };
  const told = (event: string, more = {}): string => triggerText({ kind: 'event', event, ...more }, names);
  assert.is(told('go'), 'the event “go” happens');
  assert.is(told('button.pressed'), 'a button is pressed');
  assert.is(told('button.pressed', { device: 'a', button: 2, action: 'double' }), 'Front door button 2 sends double');
  assert.is(told('lock.jammed', { device: 'a' }), 'Front door sends “jammed”');
});

Words('search finds by every word, the start of a name first, accents or not', () => {
  const entry = (title: string, more = '') => ({ kind: 'device', title, path: title, picture: '', more });
  const all = [entry('Café lamp'), entry('Lamp', 'Café'), entry('Door')];
  assert.equal(
    rank(all, 'cafe').map((each) => each.title),
    ['Café lamp', 'Lamp'],
  );
  assert.equal(
    rank(all, 'lamp cafe').map((each) => each.title),
    ['Café lamp', 'Lamp'],
  );
  assert.is(rank(all, '').length, 3);
  assert.is(rank(all, 'window').length, 0);
});

Words('a browser is called what people call it', () => {
  assert.is(
    agentName('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/153.0.0.0 Safari/537.36'),
    'Chrome, Linux',
  );
  assert.is(agentName('curl/8.1'), 'curl/8.1');
});

Words('languages know which way they are written', () => {
  assert.is(direction('ar-EG'), 'rtl');
  assert.is(direction('de'), 'ltr');
});

Words.run();
