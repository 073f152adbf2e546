// A hub with a real Matter device of each of several kinds, all paired, and the few things that tests do with them.

import * as assert from 'uvu/assert';

import { eventually, type Answer, type Frame, type Hub, type Live } from '../home/harness.ts';
import { launchDevices, type Devices, type TestDevice } from './launch.ts';
import { join, matterHub } from './pairing.ts';

const COMES_LIMIT_MS = 30_000;

export class Household<Kind extends string> {
  readonly hub: Hub;
  readonly live: Live;
  readonly #devices: Devices;
  readonly #ids: ReadonlyMap<Kind, string>;

  private constructor(hub: Hub, live: Live, devices: Devices, ids: ReadonlyMap<Kind, string>) {
    this.hub = hub;
    this.live = live;
    this.#devices = devices;
    this.#ids = ids;
  }

  static async of<Kind extends string>(kinds: readonly Kind[]): Promise<Household<Kind>> {
    const [devices, hub] = await Promise.all([launchDevices(kinds.map((kind) => ({ kind, id: kind }))), matterHub()]);
    const ids = new Map<Kind, string>();
    for (const kind of kinds) ids.set(kind, await join(hub, devices.device(kind).qr));
    return new Household(hub, await hub.live(), devices, ids);
  }

  async close(): Promise<void> {
    this.live.close();
    await Promise.all([this.#devices.close(), this.hub.kill()]);
  }

  /** Every device keeps its power, and is not on the air. */
  freeze(): void {
    this.#devices.freeze();
  }

  thaw(): void {
    this.#devices.thaw();
  }

  /** The device itself. */
  own(kind: Kind): TestDevice {
    return this.#devices.device(kind);
  }

  /** What the hub calls it. */
  idOf(kind: Kind): string {
    return this.#ids.get(kind)!;
  }

  async shown(id: string): Promise<Answer['body']> {
    return (await this.hub.ask('GET', `/api/devices/${id}`)).body;
  }

  async deviceCalled(name: string): Promise<{ readonly id: string; readonly online: boolean } | undefined> {
    const { items } = (await this.hub.ask('GET', '/api/devices?plugin=matter&limit=1000')).body;
    return items.find((each: { name: string }) => each.name === name);
  }

  answerTo(id: string, body: object): Promise<Answer> {
    return this.hub.ask('POST', `/api/devices/${id}/commands`, body);
  }

  /** Commands it; the device must have confirmed. */
  async tell(kind: Kind, body: object): Promise<void> {
    const { status, body: answer } = await this.answerTo(this.idOf(kind), body);
    assert.equal([status, answer.status], [200, 'done'], `${kind} ${JSON.stringify(body)}: ${JSON.stringify(answer)}`);
  }

  /** By the device's own account: `holds('fan', 'fanControl', { percentSetting: 50 })`. */
  async holds(kind: Kind, cluster: string, wanted: object, part = 'main'): Promise<void> {
    const state = (await this.own(kind).state(part))[cluster]!;
    assert.equal(Object.fromEntries(Object.keys(wanted).map((name) => [name, state[name]])), wanted);
  }

  /** The hub comes to say so. */
  async comes(kind: Kind, property: string, wanted: unknown): Promise<void> {
    await eventually(
      async () => (await this.shown(this.idOf(kind))).properties[property]?.value,
      (value) => value === wanted,
      `${kind} ${property} is ${String(wanted)}`,
      COMES_LIMIT_MS,
    );
  }

  /** An event of the device's, past or to come. */
  happens(kind: Kind, fits: (frame: Frame) => boolean, what: string): Promise<Frame> {
    const isIts = ({ topic, device }: Frame): boolean => topic === 'event' && device === this.idOf(kind);
    return this.live.until((frame) => isIts(frame) && fits(frame), what, COMES_LIMIT_MS);
  }
}
