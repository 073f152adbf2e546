// What a hand did to a button, told as Matter tells it: press by press. The home has seen the whole gesture already, so that
// nothing is timed here (Application Cluster Specification, Switch, sequence of events).

import type { Endpoint } from '@matter/main';
import { SwitchBehavior } from '@matter/main/behaviors/switch';

const DOWN = 1;
const UP = 0;

const Momentary = SwitchBehavior.with(
  'MomentarySwitch',
  'MomentarySwitchRelease',
  'MomentarySwitchLongPress',
  'MomentarySwitchMultiPress',
);

export class BridgedButton extends Momentary {
  /** The so-manieth press of one gesture. */
  press(count: number): void {
    this.state.currentPosition = DOWN;
    this.events.initialPress.emit({ newPosition: DOWN }, this.context);
    if (count === 1) return;
    this.events.multiPressOngoing?.emit({ newPosition: DOWN, currentNumberOfPressesCounted: count }, this.context);
  }
  hold(): void {
    this.events.longPress?.emit({ newPosition: DOWN }, this.context);
  }
  release(wasLong: boolean): void {
    this.state.currentPosition = UP;
    const event = wasLong ? this.events.longRelease : this.events.shortRelease;
    event?.emit({ previousPosition: DOWN }, this.context);
  }
  complete(count: number): void {
    const pressed = { previousPosition: DOWN, totalNumberOfPressesCounted: count };
    this.events.multiPressComplete?.emit(pressed, this.context);
  }
}

/** Presses in a row by the home's word for them; `many` is one more than it has a word for. */
export const PRESSES: Readonly<Record<string, number>> = {
  single: 1,
  tap: 1,
  double: 2,
  triple: 3,
  quadruple: 4,
  many: 5,
};

type Act = (what: (button: BridgedButton) => void) => Promise<void>;

/** One button and what it is held by: a release may come late, or never. */
export class Finger {
  readonly #releases: boolean;
  #held: 'no' | 'short' | 'long' = 'no';

  /** `releases`: whether the device tells when it is let go. */
  constructor(releases: boolean) {
    this.#releases = releases;
  }

  async does(endpoint: Endpoint, action: string): Promise<void> {
    const act: Act = async (what) => {
      await endpoint.act((agent) => what(agent.get(BridgedButton)));
    };
    const count = PRESSES[action];
    await this.#letGo(act);
    if (count !== undefined) await this.#press(act, count);
    else if (action === 'hold' || action === 'press') await this.#hold(act, action === 'hold');
  }

  async #press(act: Act, count: number): Promise<void> {
    for (let number = 1; number <= count; number += 1) {
      await act((button) => button.press(number));
      await act((button) => button.release(false));
    }
    await act((button) => button.complete(count));
  }

  async #hold(act: Act, isLong: boolean): Promise<void> {
    await act((button) => button.press(1));
    if (isLong) await act((button) => button.hold());
    this.#held = isLong ? 'long' : 'short';
    if (!this.#releases) await this.#letGo(act);
  }

  async #letGo(act: Act): Promise<void> {
    const held = this.#held;
    this.#held = 'no';
    if (held === 'no') return;
    await act((button) => button.release(held === 'long'));
    if (held === 'short') await act((button) => button.complete(1));
  }
}
