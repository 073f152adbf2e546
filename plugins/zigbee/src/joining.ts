// Devices on their way in, and back: asked, recognised, perhaps refused, set up, looked at.

import type { Events, Models } from 'zigbee-herdsman';

import type { PairingRequest, PairingStep, PluginContext } from '@lintel/sdk';

import { asItWas } from './as-it-was.ts';
import type { Commander } from './commander.ts';
import type { Connection } from './connection.ts';
import type { ZigbeeDevice } from './device.ts';
import { lookAt } from './first-look.ts';
import { Gate } from './gate.ts';
import type { Incoming } from './incoming.ts';
import type { Libraries } from './libraries.ts';
import { INTERVIEW_AGAIN_MS, INTERVIEWS_MORE_MAX } from './limits.ts';
import type { Mirror } from './mirror.ts';
import { Pairing } from './pairing.ts';
import type { Registry } from './registry.ts';
import type { Session } from './session.ts';

export interface JoiningParts {
  readonly ctx: PluginContext;
  readonly libraries: Libraries;
  readonly registry: Registry;
  readonly connection: Connection;
  readonly commander: Commander;
  readonly incoming: Incoming;
  readonly mirror: Mirror;
}

const NOT_INTERVIEWED =
  'The device joined but did not answer all questions. Keep it awake and close to the hub, and pair it again.';
/** States of an interview that herdsman does not take up again by itself. */
const UNKNOWN: ReadonlySet<string> = new Set(['PENDING', 'FAILED']);
const INSECURE =
  'Locks and alarms join with their install code, so that nobody can overhear their key. Enter the code, or allow it without.';

export class Joining {
  readonly #parts: JoiningParts;
  readonly #gate = new Gate();
  #pairing: Pairing | null = null;
  /** Devices whose interview is being tried again. */
  readonly #asking = new Set<string>();

  constructor(parts: JoiningParts) {
    this.#parts = parts;
  }

  pair(request: PairingRequest, signal: AbortSignal): AsyncIterable<PairingStep> {
    const { ctx, connection } = this.#parts;
    const pairing = new Pairing(request, {
      clock: ctx.clock,
      gate: this.#gate,
      session: (until) => connection.whenUp(until),
      closed: () => this.#closed(pairing),
    });
    this.#pairing = pairing;
    return pairing.run(signal);
  }

  #closed(pairing: Pairing): void {
    if (this.#pairing !== pairing) return;
    this.#pairing = null;
    const { session } = this.#parts.connection;
    if (session !== null) void this.#gate.close(session, () => this.#pairing !== null).catch(() => undefined);
  }

  /** After a start or a reconnection the gate is as the hub has it: closed, unless a window is still open. */
  async settle(session: Session): Promise<void> {
    if (this.#pairing === null) await this.#gate.reset(session);
    else await this.#pairing.open(session);
    const cutShort = session.controller.getDevicesIterator((each) => String(each.interviewState) === 'PENDING');
    for (const radio of cutShort) void this.#askAgain(radio, 1);
  }

  joined(radio: Models.Device): void {
    this.#push({ address: radio.ieeeAddr, step: 'found' });
    this.#push({ address: radio.ieeeAddr, step: 'joined' });
    this.#parts.mirror.schedule();
  }

  interview({ device, status }: Events.DeviceInterviewPayload): void {
    const address = device.ieeeAddr;
    this.#parts.mirror.schedule();
    if (status === 'started') this.#push({ address, step: 'interviewing' });
    else if (status === 'failed') void this.#askAgain(device, INTERVIEWS_MORE_MAX);
    else this.#admitOrFail(device);
  }

  #admitOrFail(radio: Models.Device): void {
    this.#admit(radio).catch((error: unknown) => this.#failed(radio.ieeeAddr, String(error).slice(0, 300)));
  }

  /** A device that was asleep, or drowned out, may answer a moment later. */
  async #askAgain(radio: Models.Device, times: number): Promise<void> {
    const address = radio.ieeeAddr;
    if (this.#asking.has(address)) return;
    this.#asking.add(address);
    try {
      for (let left = times; left > 0; left -= 1) if (await this.#interview(radio)) return this.#admitOrFail(radio);
      this.#failed(address, NOT_INTERVIEWED);
    } catch {
      // The radio is away, or the plugin stops; the device is asked when it announces itself.
    } finally {
      this.#asking.delete(address);
    }
  }

  /** Whether it answered everything now. Throws when there is no radio. */
  async #interview(radio: Models.Device): Promise<boolean> {
    const { ctx, connection } = this.#parts;
    const session = await connection.whenUp(ctx.signal);
    await ctx.clock.sleep(INTERVIEW_AGAIN_MS, AbortSignal.any([ctx.signal, session.lost]));
    this.#push({ address: radio.ieeeAddr, step: 'interviewing' });
    return radio.interview().then(
      () => true,
      () => false,
    );
  }

  #push(step: PairingStep): void {
    this.#pairing?.push(step);
  }

  #failed(address: string, detail: string): void {
    this.#parts.ctx.log.warn(`${address} could not be added: ${detail}`);
    this.#push({ address, step: 'failed', error: { code: 'PAIRING_INTERVIEW_FAILED', detail } });
  }

  /** From interviewed to ready, or refused. */
  async #admit(radio: Models.Device): Promise<void> {
    const { registry, connection, libraries } = this.#parts;
    const definition = await libraries.converters.findByDevice(radio, true);
    const message = definition === undefined ? (radio.modelID ?? '') : `${definition.vendor} ${definition.model}`;
    this.#push({ address: radio.ieeeAddr, step: 'recognised', message });
    if (await this.#refuses(radio)) return;
    const device = await registry.attach(radio);
    const { session } = connection;
    await registry.tell(device, 'deviceJoined');
    if (session !== null) await this.#setUp(device, session);
    this.#ready(device);
  }

  #ready(device: ZigbeeDevice): void {
    this.#push({ address: device.id, step: 'ready', device: device.id, message: device.name });
    this.#parts.mirror.schedule();
  }

  async #setUp(device: ZigbeeDevice, session: Session): Promise<void> {
    const { registry, incoming, commander, ctx } = this.#parts;
    await registry.configure(device, session);
    // To the converters of a sensor that only says "motion", every word about it means motion, and about light too.
    const except = device.reportsMotionOnly ? ['msOccupancySensing', 'msIlluminanceMeasurement'] : [];
    await lookAt(device.radio, (event) => incoming.handle(device, event), except).catch((error: unknown) => {
      ctx.log.warn(`${device.name} (${device.id}) did not show what it is: ${String(error).slice(0, 200)}`);
    });
    if (device.reportsMotionOnly && device.state['occupancy'] === undefined)
      incoming.publish(device, { occupancy: false });
    void commander.refresh(device, session).catch(() => undefined);
  }

  /** Locks and alarms are let in with an install code, or by someone who knows what it means without. */
  async #refuses(radio: Models.Device): Promise<boolean> {
    const address = radio.ieeeAddr;
    const { registry } = this.#parts;
    if (registry.get(address)?.hasLeft === false || this.#pairing?.isTrusted(address) === true) return false;
    const kind = await registry.kindOf(radio);
    if (kind !== 'lock' && kind !== 'alarm') return false;
    await radio.removeFromNetwork().catch(() => radio.removeFromDatabase());
    this.#push({ address, step: 'refused', error: { code: 'PAIRING_INSECURE', detail: INSECURE } });
    return true;
  }

  announced(radio: Models.Device): void {
    const device = this.#parts.registry.get(radio.ieeeAddr);
    if (device === undefined) return this.#announcedStranger(radio);
    this.#parts.mirror.schedule();
    void this.#returned(device).catch((error: unknown) =>
      this.#parts.ctx.log.warn(`${device.id}: ${String(error).slice(0, 300)}`),
    );
  }

  /** It is in the network, but its interview failed, or was cut short by a restart. */
  #announcedStranger(radio: Models.Device): void {
    if (UNKNOWN.has(String(radio.interviewState))) void this.#askAgain(radio, 1);
  }

  /** A known device is back: after a power cut it shows what it is, after a reset it is set up anew. */
  async #returned(device: ZigbeeDevice): Promise<void> {
    const { registry, connection, commander } = this.#parts;
    const before = this.#isRestored(device) ? asItWas(device) : null;
    await registry.tell(device, 'deviceAnnounce');
    const { session } = connection;
    if (session === null) return;
    if (this.#pairing !== null && !device.isBeingSetUp) {
      this.#push({ address: device.id, step: 'joined', device: device.id });
      registry.forgetConfiguration(device);
      await this.#setUp(device, session);
      this.#ready(device);
      return;
    }
    if (before !== null) await commander.again(device, before, session);
    else if (!device.isSleepy) await commander.refresh(device, session);
  }

  #isRestored({ id }: ZigbeeDevice): boolean {
    const { devices } = this.#parts.ctx;
    return devices.known().includes(id) && devices.settings(id)['onReturn'] === 'asItWas';
  }
}
