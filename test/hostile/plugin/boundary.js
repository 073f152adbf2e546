// The hub itself: other plugins' devices and secrets, and what a message may carry. Writes to the hub's socket directly.

import { writeSync } from 'node:fs';

const HUB_DESCRIPTOR = 3;
const say = (message) =>
  void writeSync(HUB_DESCRIPTOR, `${typeof message === 'string' ? message : JSON.stringify(message)}\n`);
const CALL = 1_000_000;
const call = (name, body) => say({ type: 'call', call: CALL, name, body });
/** What the hub answers to a call of the plugin's own making, which the SDK would pass over. */
function asked(name, body) {
  const parse = JSON.parse;
  const { promise, resolve } = Promise.withResolvers();
  JSON.parse = (text, ...more) => {
    const message = parse(text, ...more);
    if (message?.type === 'answer' && message.call === CALL) resolve(message);
    return message;
  };
  call(name, body);
  return promise.then(({ value }) => value ?? null).finally(() => (JSON.parse = parse));
}
const isRefused = (promise) =>
  promise.then(
    () => 'was taken',
    () => null,
  );

export const boundary = {
  'boundary: a secret of another plugin': async (_t, ctx) => await ctx.secrets.get('token'),
  'boundary: a secret by a path': async (_t, ctx) => await ctx.secrets.get('../lamp/token'),
  'boundary: a secret by a prefix': async (_t, ctx) => await ctx.secrets.get('lamp/token'),
  'boundary: a secret by another separator': async (_t, ctx) => await ctx.secrets.get('lamp:token'),
  'boundary: a value of another plugin': async (_t, ctx) => await ctx.store.get('lamp/token'),
  'boundary: a key that is a prototype': async (_t, ctx) => {
    await ctx.store.set('__proto__', { polluted: true });
    return {}.polluted === true ? 'polluted' : null;
  },
  'boundary: a report of another’s device': (_t, ctx) => isRefused(ctx.report('lamp:lamp-1', { 'onOff.on': true })),
  'boundary: an event of another’s device': (_t, ctx) => isRefused(ctx.event('lamp-1', 'button.pressed', {})),
  'boundary: raw, a report of another’s device': () =>
    say({ type: 'report', device: 'lamp-1', values: { 'onOff.on': true } }),
  'boundary: raw, a prefixed id': () => say({ type: 'report', device: 'lamp:lamp-1', values: { 'onOff.on': true } }),
  'boundary: raw, a report under another’s name': () =>
    say({ type: 'report', plugin: 'lamp', device: 'lamp-1', values: { 'onOff.on': true } }),
  'boundary: raw, removing another’s device': () => call('devices.remove', { id: 'lamp-1', plugin: 'lamp' }),
  'boundary: raw, describing a device under another’s id': () =>
    call('devices.add', { id: 'lamp:lamp-1', name: 'mine', kind: 'light', endpoints: [], plugin: 'lamp' }),
  'boundary: raw, another’s secret': () => asked('secrets.get', { key: 'token', plugin: 'lamp' }),
  'boundary: raw, another’s value': () => asked('store.get', { key: 'token', plugin: 'lamp', id: 'lamp' }),
  'boundary: raw, prototype pollution': () =>
    say(
      '{"type":"report","device":"a","values":{"onOff.on":true,"__proto__":{"polluted":true}},"__proto__":{"polluted":true}}',
    ),
  'boundary: raw, a constructor as endpoint': () =>
    say({ type: 'report', device: 'a', values: { 'onOff.on': true }, endpoint: 'constructor' }),
  'boundary: raw, being the hub': () => say({ type: 'acknowledged', count: 1e9 }),
  'boundary: an inherited channel': () => (process.send === undefined && !process.connected ? null : 'has IPC'),
  'boundary: a handle passed on': () => {
    process.send?.('x', { handle: 1 });
    return null;
  },
};
