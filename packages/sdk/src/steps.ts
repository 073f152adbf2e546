// Steps of a pairing on their way from whoever finds them out to whoever reads them.

import type { PairingStep } from './pairing.ts';

/**
 * @example
 * const steps = new PairingSteps();
 * steps.push({ address: '192.168.1.20', step: 'found' });
 * steps.end();
 * for await (const { address, step } of steps.take()) console.log(address, step);
 */
export class PairingSteps {
  readonly #steps: PairingStep[] = [];
  #hasEnded = false;
  #wake = (): void => undefined;

  push(step: PairingStep): void {
    this.#steps.push(step);
    this.#wake();
  }

  end(): void {
    this.#hasEnded = true;
    this.#wake();
  }

  async *take(): AsyncGenerator<PairingStep> {
    for (;;) {
      for (let step = this.#steps.shift(); step !== undefined; step = this.#steps.shift()) yield step;
      if (this.#hasEnded) return;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
