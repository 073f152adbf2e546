// A slider that a person can trust: arrow keys take sensible steps, a drag sends a few values a second and the last one
// always, and what comes from the home meanwhile does not pull the handle away.

import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { cssVariables } from './css-variable.ts';
import { define, LightElement } from './base.ts';

const SEND_EVERY_MS = 180;

export class Slider extends LightElement {
  static override properties = {
    label: {},
    value: { type: Number },
    min: { type: Number },
    max: { type: Number },
    step: { type: Number },
    keyStep: { type: Number },
    text: { attribute: false },
    track: {},
    dragged: { state: true },
  };
  declare label: string;
  declare value: number | null;
  declare min: number;
  declare max: number;
  declare step: number;
  /** What an arrow key adds; Page Up and Page Down take five of them. */
  declare keyStep: number;
  declare text: (value: number) => string;
  /** A CSS gradient to paint the track with, or empty for a plain filled one. */
  declare track: string;
  declare dragged: number | null;
  #sentAt = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor() {
    super();
    this.label = '';
    this.value = null;
    this.min = 0;
    this.max = 100;
    this.step = 1;
    this.keyStep = 5;
    this.text = String;
    this.track = '';
    this.dragged = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #emit(type: 'slide' | 'choose', value: number): void {
    this.#sentAt = performance.now();
    this.dispatchEvent(new CustomEvent(type, { detail: value }));
  }

  #input(event: Event): void {
    const value = Number((event.target as HTMLInputElement).value);
    this.dragged = value;
    if (this.#timer !== null) return;
    const wait = Math.max(0, SEND_EVERY_MS - (performance.now() - this.#sentAt));
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.dragged !== null) this.#emit('slide', this.dragged);
    }, wait);
  }

  #change(event: Event): void {
    this.#finish(Number((event.target as HTMLInputElement).value));
  }

  #finish(value: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.dragged = null;
    this.value = value;
    this.#emit('choose', value);
  }

  #isRightToLeft(): boolean {
    return getComputedStyle(this).direction === 'rtl';
  }

  #key(event: KeyboardEvent): void {
    const rtl = this.#isRightToLeft() ? -1 : 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: rtl,
      ArrowLeft: -rtl,
      ArrowUp: 1,
      ArrowDown: -1,
      PageUp: 5,
      PageDown: -5,
    };
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const from = this.dragged ?? this.value ?? this.min;
    const digits = String(this.step).split('.')[1]?.length ?? 0;
    const to = Math.min(this.max, Math.max(this.min, from + by * this.keyStep));
    this.#finish(Number(to.toFixed(digits)));
  }

  protected override render(): TemplateResult {
    const shown = this.dragged ?? this.value;
    const at = shown ?? this.min;
    const filled = `${((at - this.min) / (this.max - this.min)) * 100}%`;
    const track = this.#isRightToLeft() ? this.track.replace('to right', 'to left') : this.track;
    const words = shown === null ? '–' : this.text(shown);
    return html`<div class="slider">
      <div class="slider-head" aria-hidden="true">
        <span>${this.label}</span><span class="slider-value">${words}</span>
      </div>
      <input
        type="range"
        aria-label=${this.label}
        aria-valuetext=${words}
        min=${this.min}
        max=${this.max}
        step=${this.step}
        .value=${live(String(at))}
        style=${cssVariables({ '--filled': filled, '--track': track === '' ? 'initial' : track })}
        @input=${this.#input}
        @change=${this.#change}
        @keydown=${this.#key}
      />
    </div>`;
  }
}

define('lintel-slider', Slider);
