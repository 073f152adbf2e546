// One pairing: the device with this code is found, spoken to, given a certificate and read. Only what the code's
// discriminator names is touched: each wrong try counts against a device.

import { Seconds, type ClientNode, type ServerNode } from '@matter/main';
import { ControllerCommissioningFlow } from '@matter/main/protocol';

import { PairingSteps, type PairingRequest, type PairingStep, type PluginContext } from '@lintel/sdk';

import type { Controller } from '../controller/controller.ts';
import { createJudge, prepareAttestation } from './attestation.ts';
import type { PairingCode } from './code.ts';
import type { Codes } from './codes-used.ts';
import { explainPairing, NO_MULTICAST, notFound, used, type Failure } from './failures.ts';
import { hasMulticast } from './multicast.ts';

/** The last entry is told before the window closes. */
const BEFORE_END_MS = 700;
/** After a wrong code of four bits, others with the same may still answer. */
const OTHERS_MS = 3_000;

export interface PairingParts {
  readonly ctx: PluginContext;
  readonly controller: Controller;
  readonly codes: Codes;
  readonly interfaceName: string | undefined;
}

export class MatterPairing {
  readonly #parts: PairingParts;
  readonly #request: PairingRequest;
  readonly #code: PairingCode;
  readonly #steps = new PairingSteps();
  readonly #found: ClientNode[] = [];
  readonly #seen = new Set<ClientNode>();
  #wake = (): void => undefined;
  #lastFailure: (Failure & { readonly address: string }) | null = null;

  constructor(parts: PairingParts, request: PairingRequest, code: PairingCode) {
    this.#parts = parts;
    this.#request = request;
    this.#code = code;
  }

  /** Yields the steps until the device is in, has failed, or the time is over. */
  async *run(signal: AbortSignal): AsyncGenerator<PairingStep> {
    const over = AbortSignal.timeout(Math.max(this.#request.seconds * 1000 - BEFORE_END_MS, 300));
    const work = this.#work(AbortSignal.any([signal, over, this.#parts.ctx.signal]))
      .catch((error: unknown) => this.#fail('matter', explainPairing(error)))
      .finally(() => this.#steps.end());
    yield* this.#steps.take();
    await work;
  }

  async #work(until: AbortSignal): Promise<void> {
    const { controller, interfaceName, codes } = this.#parts;
    const preparing = this.#request.insecure === true ? Promise.resolve() : prepareAttestation(controller.node.env);
    const owner = controller.find(codes.ownerOf(this.#code) ?? '');
    // A device that still answers to this home was not reset, and takes its code no more.
    if (owner?.isOnline === true && (await controller.availability.answers(owner)))
      return this.#fail('matter', used(owner.name));
    const stop = this.#discover(controller.node, until);
    try {
      const multicast = hasMulticast(interfaceName);
      void multicast.then((works) => works || this.#wake());
      for (;;) {
        const node = await this.#next(until, multicast);
        if (node === null) break;
        await preparing;
        if (await this.#commission(node, stop)) return;
      }
      if (this.#lastFailure !== null) return;
      this.#fail('matter', (await multicast) ? notFound(this.#request.seconds) : NO_MULTICAST);
    } finally {
      stop();
    }
  }

  /** Looks for what the code names; answers what ends it. */
  #discover(node: ServerNode, limit: AbortSignal): () => void {
    const { longDiscriminator, shortDiscriminator } = this.#code;
    const which = longDiscriminator === undefined ? { shortDiscriminator } : { longDiscriminator };
    const discovery = node.peers.discover(which as { longDiscriminator: number });
    discovery.discovered.on((found) => this.#discovered(found));
    discovery.then(
      () => undefined,
      (error: unknown) => this.#parts.ctx.log.warn(`Looking for devices: ${String(error).slice(0, 300)}`),
    );
    const stop = (): void => discovery.stop();
    limit.addEventListener('abort', stop, { once: true });
    return stop;
  }

  #discovered(node: ClientNode): void {
    if (this.#seen.has(node) || !this.#isMeant(node)) return;
    this.#seen.add(node);
    this.#found.push(node);
    this.#wake();
  }

  /** The product of the announcement must be the code's, where both say it. */
  #isMeant(node: ClientNode): boolean {
    const { vendorId, productId } = node.state.commissioning;
    const { vendorId: vendor, productId: product } = this.#code;
    const differs = (said: number | undefined, meant: number | undefined): boolean =>
      Boolean(said && meant && said !== meant);
    return !differs(vendorId, vendor) && !differs(productId, product);
  }

  /** The next device to try; null when none will come. */
  async #next(limit: AbortSignal, multicast: Promise<boolean>): Promise<ClientNode | null> {
    const patience = this.#lastFailure === null ? limit : AbortSignal.any([limit, AbortSignal.timeout(OTHERS_MS)]);
    for (;;) {
      const node = this.#found.shift();
      if (node !== undefined) return node;
      if (patience.aborted || (this.#lastFailure !== null && this.#code.longDiscriminator !== undefined)) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        patience.addEventListener('abort', () => resolve(), { once: true });
      });
      if (this.#found.length === 0 && (await settledFalse(multicast))) return null;
    }
  }

  /** Whether the device is in, or another must not be tried. */
  async #commission(node: ClientNode, stopLooking: () => void): Promise<boolean> {
    const { ctx, controller, codes } = this.#parts;
    const address = node.state.commissioning.deviceIdentifier ?? node.id;
    const { vendorId } = node.state.commissioning;
    const step = (name: PairingStep['step'], message: string, device?: string): void =>
      this.#steps.push({ address, step: name, message, ...(device !== undefined && { device }) });
    step(
      'found',
      node.state.commissioning.deviceName || `A Matter device${vendorId ? ` of maker 0x${vendorId.toString(16)}` : ''}`,
    );
    const judge = createJudge(this.#request.insecure === true);
    try {
      await node.commission({
        passcode: this.#code.passcode,
        onAttestationFailure: judge.judge,
        timeout: Seconds(60),
        continueCommissioningAfterPase: () => {
          stopLooking();
          step('joined', 'The device has taken the code');
          return true;
        },
        commissioningFlowImpl: flowTelling({
          begun: () => step('commissioning', 'Checking its certificate and giving it one of this home'),
          done: () => step('interviewing', 'Asking the device what it can do'),
        }),
      });
      const peer = await controller.adopt(node);
      await codes.remember(this.#code, peer.id, peer.name, judge.overridden());
      if (judge.overridden().length > 0)
        ctx.log.warn(`${peer.name} (${peer.id}) was added without official certification, as asked.`);
      step('ready', peer.name, peer.id);
      return true;
    } catch (error) {
      const failure = explainPairing(error);
      ctx.log.warn(`Pairing ${address}: ${failure.code}: ${String(error).slice(0, 300)}`);
      this.#fail(address, failure);
      return failure.code !== 'PAIRING_CODE_WRONG';
    }
  }

  #fail(address: string, { code, detail }: Failure): void {
    this.#lastFailure = { code, detail, address };
    const step = code === 'PAIRING_UNCERTIFIED' ? 'refused' : 'failed';
    this.#steps.push({ address, step, message: detail, error: { code, detail } });
  }
}

const PENDING = Symbol('pending');
/** Whether the promise has come out as false by now. */
const settledFalse = async (promise: Promise<boolean>): Promise<boolean> =>
  (await Promise.race([promise, Promise.resolve(PENDING)])) === false;

interface Telling {
  begun(): void;
  done(): void;
}

const flowTelling = (telling: Telling): typeof ControllerCommissioningFlow =>
  class extends ControllerCommissioningFlow {
    override async executeCommissioning(): Promise<void> {
      telling.begun();
      await super.executeCommissioning();
      telling.done();
    }
  };
