// A chart drawn as SVG: a line with the band of its lowest and highest for numbers, bars in time for everything else.

import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { define, LightElement } from '../../elements/base.ts';
import { extentOf, heldAt, ticksOf, type Sample } from '../../readers/chart.ts';

const WIDTH = 720;
const HEIGHT = 280;
const LEFT = 52;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 30;
const TIME_TICKS = 5;
const BAR = 56;

class Chart extends LightElement {
  static override properties = {
    samples: { attribute: false },
    from: { attribute: false },
    to: { attribute: false },
    label: {},
    format: { attribute: false },
    time: { attribute: false },
    at: { state: true },
  };
  declare samples: readonly Sample[];
  declare from: number;
  declare to: number;
  declare label: string;
  declare format: (value: Sample['value']) => string;
  declare time: (at: number) => string;
  /** Where the pointer stands, in time. */
  declare at: number | null;

  constructor() {
    super();
    this.samples = [];
    this.from = 0;
    this.to = 1;
    this.label = '';
    this.format = String;
    this.time = String;
    this.at = null;
  }

  #x(at: number): number {
    return LEFT + ((at - this.from) / (this.to - this.from)) * (WIDTH - LEFT - RIGHT);
  }

  #point(event: PointerEvent): void {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const share = (x - LEFT) / (WIDTH - LEFT - RIGHT);
    this.at = share < 0 || share > 1 ? null : this.from + share * (this.to - this.from);
  }

  protected override render(): TemplateResult {
    const numeric = this.samples.some(({ value }) => typeof value === 'number');
    const held = this.at === null ? undefined : heldAt(this.samples, this.at);
    return html`<div class="chart">
      <svg
        role="img"
        aria-label=${this.label}
        viewBox="0 0 ${WIDTH} ${HEIGHT}"
        @pointermove=${this.#point}
        @pointerdown=${this.#point}
        @pointerleave=${() => (this.at = null)}
      >
        ${this.#times()} ${numeric ? this.#line() : this.#bars()}
        ${this.at === null ? nothing : svg`<line class="chart-cursor" x1=${this.#x(this.at)} x2=${this.#x(this.at)} y1=${TOP} y2=${HEIGHT - BOTTOM} />`}
      </svg>
      <p class="chart-readout" aria-hidden="true">
        ${held === undefined || this.at === null ? nothing : html`<b>${this.format(held.value)}</b> ${this.time(this.at)}`}
      </p>
    </div>`;
  }

  #times(): SVGTemplateResult[] {
    return Array.from({ length: TIME_TICKS }, (_, step) => {
      const at = this.from + ((this.to - this.from) * step) / (TIME_TICKS - 1);
      const anchor = step === 0 ? 'start' : step === TIME_TICKS - 1 ? 'end' : 'middle';
      return svg`<text class="chart-label" x=${this.#x(at)} y=${HEIGHT - 8} text-anchor=${anchor}>${this.time(at)}</text>`;
    });
  }

  #line(): SVGTemplateResult {
    const extent = extentOf(this.samples);
    const y = (value: number): number =>
      TOP + (1 - (value - extent.low) / (extent.high - extent.low)) * (HEIGHT - TOP - BOTTOM);
    const runs = runsOf(this.samples);
    const line = (run: readonly Sample[]): string =>
      run
        .map(({ at, value }, index) => `${index === 0 ? 'M' : 'L'}${round(this.#x(at))} ${round(y(value as number))}`)
        .join('');
    const band = (run: readonly Sample[]): string => {
      const upper = run.map(({ at, high }) => `${round(this.#x(at))} ${round(y(high))}`);
      const lower = run.map(({ at, low }) => `${round(this.#x(at))} ${round(y(low))}`).toReversed();
      return `M${[...upper, ...lower].join('L')}Z`;
    };
    return svg`
      ${ticksOf(extent).map(
        (tick) => svg`<line class="chart-grid" x1=${LEFT} x2=${WIDTH - RIGHT} y1=${y(tick)} y2=${y(tick)} />
          <text class="chart-label" x=${LEFT - 8} y=${y(tick) + 4} text-anchor="end">${this.format(tick)}</text>`,
      )}
      ${runs.map((run) => svg`<path class="chart-band" d=${band(run)} /><path class="chart-line" d=${line(run)} />`)}
    `;
  }

  /** Stretches of one value; what comes first in the alphabet of the values is drawn lightest. */
  #bars(): SVGTemplateResult[] {
    const values = [...new Set(this.samples.map(({ value }) => value).filter((value) => value !== null))].toSorted();
    const middle = (HEIGHT - BOTTOM) / 2;
    return this.samples.slice(0, -1).map(({ at, value }, index) => {
      const [x, end] = [this.#x(at), this.#x(this.samples[index + 1]!.at)];
      const strength = value === null ? 0 : (values.indexOf(value) + 1) / values.length;
      const words =
        end - x > 60 ? svg`<text class="chart-word" x=${x + 8} y=${middle + 5}>${this.format(value)}</text>` : nothing;
      return svg`<rect class="chart-bar" x=${x} y=${middle - BAR / 2} width=${Math.max(1, end - x - 1)} height=${BAR} rx="6" fill-opacity=${0.12 + strength * 0.5} />${words}`;
    });
  }
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** Stretches without a gap of unknown values. */
function runsOf(samples: readonly Sample[]): Sample[][] {
  const runs: Sample[][] = [[]];
  for (const sample of samples) {
    if (typeof sample.value === 'number') runs.at(-1)!.push(sample);
    else if (runs.at(-1)!.length > 0) runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}

define('lintel-chart', Chart);
