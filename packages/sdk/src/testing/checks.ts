// The checks of the conformance suite. Each is a sentence that homeowners rely on.

import { describeProperty, isLocalDeviceId } from '@lintel/model';
import type { z } from 'zod';

import type { PluginDefinition } from '../define.ts';
import type { Discovered, Discovery } from '../plugin.ts';
import { comesTrue, command, drive, settables } from './drive.ts';
import { fakeHub } from './fake-hub.ts';
import type { FakeHub } from './fake-hub.ts';
import { PacedClock } from './paced-clock.ts';
import { Skipped } from './quality.ts';
import type { Check, TestPluginOptions } from './quality.ts';

const START_MS = 60_000;
const STOP_MS = 1_500;
/** A device's own report may come so long after its confirmation. */
const REPORT_MS = 2_000;
const UNREACHABLE_MS = 60_000;
const DAY_MS = 86_400_000;
const FLOOD_COMMANDS = 200;
const REPORTS_AFTER_JUMP_MAX = 1_000;

function expect(holds: unknown, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

function hubFor({ settings = {}, discover, kept, pace }: TestPluginOptions): FakeHub {
  const clock = pace === undefined ? undefined : new PacedClock(pace);
  return fakeHub({ settings, ...kept, ...(discover && { discover }), ...(clock && { clock }) });
}

async function started(plugin: PluginDefinition, options: TestPluginOptions): Promise<FakeHub> {
  const hub = hubFor(options);
  await drive(hub, hub.start(plugin), START_MS, 'setup');
  return hub;
}

const stop = (hub: FakeHub): Promise<void> => drive(hub, hub.stop(), STOP_MS, 'stop');
const idsOf = (hub: FakeHub): string[] => [...hub.devices.keys()].toSorted();

/** Starts the plugin, runs, stops it, and expects that nothing it said was refused. */
const withHub =
  (run: (hub: FakeHub, options: TestPluginOptions) => Promise<void>): Check['run'] =>
  async (plugin, options) => {
    const hub = await started(plugin, options);
    try {
      await run(hub, options);
    } finally {
      await stop(hub);
    }
    expect(hub.refused.length === 0, `the hub refused: ${hub.refused[0]?.message}`);
  };

async function checkDescriptions(hub: FakeHub): Promise<void> {
  for (const { id, name, endpoints } of hub.devices.values()) {
    expect(name.trim() !== '', `the device ${id} has no name`);
    expect(
      endpoints.some((each) => each.capabilities.length > 0),
      `the device ${id} can do nothing`,
    );
  }
}

/** Values are in the units and on the scales of the capability table, which people, rules and other plugins go by. */
async function checkUnits(hub: FakeHub): Promise<void> {
  for (const { id, endpoints } of hub.devices.values()) {
    for (const capability of endpoints.flatMap((each) => each.capabilities)) {
      for (const { name, unit, min, max } of capability.properties) {
        const key = `${capability.name}.${name}`;
        const known = capability.name === 'generic' ? null : describeProperty(key);
        if (known === null) continue;
        expect(unit === known.unit, `${key} of ${id} is in ${unit}, where the table has ${known.unit}`);
        expect(
          (min ?? known.min ?? 0) >= (known.min ?? -Infinity),
          `${key} of ${id} goes from ${min}, and not from ${known.min}`,
        );
        expect(
          (max ?? known.max ?? 0) <= (known.max ?? Infinity),
          `${key} of ${id} goes up to ${max}, and not to ${known.max}`,
        );
      }
    }
  }
}

/** A device may move something else first, or take its time; in the end it shows what it confirmed. */
async function checkConfirmation(hub: FakeHub): Promise<void> {
  for (const device of hub.devices.values()) {
    for (const { id, property, value } of settables(hub, device)) {
      const before = hub.reports.length;
      const outcome = await command(hub, id, { set: { [property]: value } });
      if (outcome.status !== 'done') {
        expect(outcome.error !== undefined, `${property} of ${id} ended as ${outcome.status} and does not say why`);
        continue;
      }
      const isShown = (): boolean =>
        hub.value(id, property) === value || hub.reports.slice(before).some((each) => each.id === id);
      expect(await comesTrue(hub, isShown, REPORT_MS), `${property} of ${id} was confirmed without a report`);
    }
  }
}

async function checkUnknownDevice(hub: FakeHub): Promise<void> {
  const outcome = await command(hub, 'no-such-device', { set: { 'onOff.on': true } });
  expect(outcome.status !== 'done', 'a command for a device that is not there was confirmed');
  const [first] = hub.devices.keys();
  if (first === undefined) return;
  const strange = await command(hub, first, { command: 'no-such-command' });
  expect(strange.status !== 'done', 'a command that does not exist was confirmed');
}

async function checkFlood(hub: FakeHub): Promise<void> {
  const all = [...hub.devices.values()].flatMap((device) => settables(hub, device));
  if (all.length === 0) return;
  const batch = Array.from({ length: FLOOD_COMMANDS }, (_, at) => {
    const { id, property, value } = all[at % all.length]!;
    return { id, command: { set: { [property]: value } }, deadline: 10_000 };
  });
  const what = `${FLOOD_COMMANDS} commands of one instant`;
  const outcomes = await drive(hub, hub.sendAll(batch), 11_000, what);
  expect(outcomes.filter(Boolean).length === FLOOD_COMMANDS, 'not every command of a batch got its outcome');
  const late = outcomes.filter(({ status }) => status === 'timeout').length;
  expect(
    late === 0,
    `${late} of ${what} ran into their deadline: of those that wait for one device let the newest overtake`,
  );
}

async function checkClockJumps(hub: FakeHub): Promise<void> {
  const before = hub.reports.length;
  const now = hub.clock.now();
  for (const to of [now + DAY_MS, now - DAY_MS, now]) {
    hub.clock.jump(to);
    await hub.clock.advance(1_000);
  }
  const count = hub.reports.length - before;
  expect(count <= REPORTS_AFTER_JUMP_MAX, `three jumps of the clock made ${count} reports`);
}

async function checkPairing(hub: FakeHub, { pairing: request }: TestPluginOptions): Promise<void> {
  const pairing = startPairing(hub, request);
  await hub.clock.advance(50);
  await drive(hub, pairing.stop(), 1_000, 'a pairing that was stopped');
  const again = startPairing(hub, request);
  await hub.clock.advance(60_000);
  await drive(hub, again.done, 1_000, 'a pairing whose time was over');
}

function startPairing(hub: FakeHub, request: TestPluginOptions['pairing']): ReturnType<FakeHub['pair']> {
  try {
    const pairing = hub.pair({ ...request, seconds: 60 });
    // One that is refused at once is awaited only after a while.
    pairing.done.catch(() => undefined);
    return pairing;
  } catch {
    throw new Skipped('the plugin has no pairing');
  }
}

async function checkUnreachable(hub: FakeHub, { unreachable }: TestPluginOptions): Promise<void> {
  if (unreachable === undefined) throw new Skipped('give `unreachable`, which makes the devices unreachable');
  await unreachable(hub);
  for (const device of hub.devices.values()) {
    const [first] = settables(hub, device);
    if (first === undefined) continue;
    const outcome = await command(hub, first.id, { set: { [first.property]: first.value } });
    expect(outcome.status !== 'done', `${first.id} cannot be reached, and confirmed a command`);
    const isOffline = await comesTrue(hub, () => hub.online(first.id) === false, UNREACHABLE_MS);
    expect(isOffline, `${first.id} cannot be reached, and was not marked offline within a minute`);
  }
}

async function checkStop(plugin: PluginDefinition, options: TestPluginOptions): Promise<void> {
  const hub = await started(plugin, options);
  const [settable] = [...hub.devices.values()].flatMap((device) => settables(hub, device));
  if (settable !== undefined)
    void hub.send(settable.id, { set: { [settable.property]: settable.value } }).catch(() => undefined);
  await stop(hub);
  await stop(hub);
  const before = hub.refused.length;
  await hub.clock.advance(600_000);
  expect(hub.refused.length === before, 'it went on reporting after it was stopped: end its timers by ctx.signal');
}

async function checkRestart(plugin: PluginDefinition, options: TestPluginOptions): Promise<void> {
  const hub = await started(plugin, options);
  const before = idsOf(hub);
  const names = [...hub.devices.values()].map(({ name }) => name);
  await drive(hub, hub.restart(), START_MS, 'a restart');
  await stop(hub);
  expect(idsOf(hub).join() === before.join(), `its devices were ${before.join()}, and are ${idsOf(hub).join()}`);
  expect([...hub.devices.values()].map(({ name }) => name).join() === names.join(), 'a restart changed names');
}

/** A value of another type for each field of the settings. */
function wrongSettings(plugin: PluginDefinition, settings: unknown): unknown[] {
  const { shape } = plugin.settings as Partial<z.ZodObject>;
  const base = typeof settings === 'object' && settings !== null ? settings : {};
  return Object.keys(shape ?? {}).map((name) => ({ ...base, [name]: [[['no such value']]] }));
}

async function checkSettings(plugin: PluginDefinition, options: TestPluginOptions): Promise<void> {
  const { settings = {}, badSettings = [] } = options;
  expect(plugin.settings.safeParse(settings).success, 'the schema refuses the settings of this test');
  for (const wrong of [...wrongSettings(plugin, settings), ...badSettings]) {
    const parsed = plugin.settings.safeParse(wrong);
    if (parsed.success) {
      const hub = hubFor({ ...options, settings: wrong });
      const isRefused = await drive(hub, hub.start(plugin), START_MS, 'setup').then(
        () => false,
        () => true,
      );
      await stop(hub);
      expect(isRefused, `bad settings were taken: ${JSON.stringify(wrong)}`);
    } else expect(parsed.error.issues[0]!.message !== '', 'a fault in the settings says nothing');
  }
}

async function checkIdentity(plugin: PluginDefinition): Promise<void> {
  expect(/^[a-z0-9-]{1,32}$/.test(plugin.id), `the id ${plugin.id} is not made of a-z, 0-9 and -`);
  expect(plugin.name.trim() !== '', 'the plugin has no name');
  expect(plugin.settings !== undefined, 'the plugin has no settings schema: z.object({}) says there are none');
}

/** The schema's own words, which become the form. */
async function checkTitles(plugin: PluginDefinition): Promise<void> {
  const { shape } = plugin.settings as Partial<z.ZodObject>;
  for (const [name, field] of Object.entries(shape ?? {})) {
    const title = (field as z.ZodType).meta()?.title;
    expect(typeof title === 'string' && title !== '', `the setting ${name} has no title: .meta({ title: '…' })`);
  }
}

const HOSTILE_NAMES = [
  '<img src=x onerror=alert(1)>',
  '"; DROP TABLE devices; --',
  '\u202Eevil\u0000\u001B[2J',
  '../../../etc/passwd',
  '__proto__',
  '\uD800',
  '🙂'.repeat(5_000),
  '',
];

async function* strangers(signal: AbortSignal): AsyncGenerator<Discovered> {
  for (const name of HOSTILE_NAMES) {
    if (signal.aborted) return;
    yield { address: '192.0.2.1', port: 9, name, detail: { name, id: name, model: name, ['__proto__']: name } };
  }
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

const STRANGERS: Discovery = {
  mdns: (_service, signal) => strangers(signal),
  ssdp: (_target, signal) => strangers(signal),
  async *udp(_port, _message, signal) {
    for await (const { address, name } of strangers(signal)) yield { address, message: new TextEncoder().encode(name) };
  },
};

async function checkStrangers(plugin: PluginDefinition, options: TestPluginOptions): Promise<void> {
  const hub = await started(plugin, { ...options, discover: STRANGERS });
  await hub.clock.advance(120_000);
  await stop(hub);
  for (const id of hub.devices.keys()) expect(isLocalDeviceId(id), `a stranger made the id ${JSON.stringify(id)}`);
}

export const CHECKS: readonly Check[] = [
  { level: 'bronze', name: 'it says who it is', run: checkIdentity },
  { level: 'bronze', name: 'it starts, and describes its devices well', run: withHub(checkDescriptions) },
  { level: 'bronze', name: 'it speaks in the units and on the scales of the table', run: withHub(checkUnits) },
  { level: 'bronze', name: 'a confirmed command is followed by a report', run: withHub(checkConfirmation) },
  { level: 'bronze', name: 'bad settings are refused', run: checkSettings },
  { level: 'bronze', name: 'it stops, twice if need be, and is silent from then on', run: checkStop },
  { level: 'bronze', name: 'a restart gives the same devices', run: checkRestart },
  {
    level: 'silver',
    name: 'a device or command that is not there is never confirmed',
    run: withHub(checkUnknownDevice),
  },
  { level: 'silver', name: 'every command of a flood gets its outcome', run: withHub(checkFlood) },
  { level: 'silver', name: 'jumps of the clock do no harm', run: withHub(checkClockJumps) },
  {
    level: 'silver',
    name: 'devices that cannot be reached are offline, not confirmed',
    run: withHub(checkUnreachable),
  },
  { level: 'gold', name: 'strangers on the network with hostile names do no harm', run: checkStrangers },
  { level: 'gold', name: 'every setting has a title', run: checkTitles },
  { level: 'gold', name: 'pairing ends when it is stopped and when its time is over', run: withHub(checkPairing) },
];
