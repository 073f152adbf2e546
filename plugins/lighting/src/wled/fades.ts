// What changes slowly. A lamp tells at once where it is going, never where it is; who stops it on its way must know.

import type { Clock, Values } from '@lintel/sdk';

const SLOW = ['level.level', 'color.temperature'] as const;
type Slow = (typeof SLOW)[number];

export interface Fade {
  readonly part: string;
  readonly key: Slow;
  readonly from: number;
  readonly to: number;
  readonly ms: number;
}

interface UnderWay extends Fade {
  readonly began: number;
}

/** The fades that setting `values` begins, from what the part shows now. */
export const fadeOf = (part: string, values: Values, now: Values, ms: number): Fade[] =>
  SLOW.flatMap((key): Fade[] => {
    const [from, to] = [now[key], values[key]];
    return typeof from === 'number' && typeof to === 'number' ? [{ part, key, from, to, ms }] : [];
  });

export class Fades {
  readonly #clock: Clock;
  readonly #underWay = new Map<string, UnderWay>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  began(fades: readonly Fade[]): void {
    for (const fade of fades) this.#underWay.set(`${fade.part} ${fade.key}`, { ...fade, began: this.#clock.now() });
  }

  isUnderWay(part: string, key: Slow): boolean {
    const fade = this.#underWay.get(`${part} ${key}`);
    return fade !== undefined && this.#clock.now() - fade.began < fade.ms;
  }

  /** `values`, with what is on its way as it is at this instant. */
  onTheWay(part: string, values: Values): Values {
    const moving = SLOW.filter((key) => this.isUnderWay(part, key)).map((key) => [key, this.#at(part, key)] as const);
    return { ...values, ...Object.fromEntries(moving) };
  }

  #at(part: string, key: Slow): number {
    const { from, to, ms, began } = this.#underWay.get(`${part} ${key}`)!;
    return from + ((to - from) * (this.#clock.now() - began)) / ms;
  }
}
