// What a property of a device was: a chart, and the same values in a table.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiChevronLeft } from '@mdi/js';
import type { Device, Value } from '@lintel/model';
import { define, Screen, Watch } from '../../elements/base.ts';
import { emptyState } from '../../elements/empty.ts';
import { selectField } from '../../elements/field.ts';
import { icon } from '../../elements/icon.ts';
import { samplesOf, summaryOf, type History, type Sample } from '../../readers/chart.ts';
import { byName, describe, propertyKeys } from '../../readers/devices.ts';
import { formatValue } from '../../readers/format.ts';
import { propertyLabel } from '../../readers/labels.ts';
import { router } from '../../router.ts';
import { get, problemOf } from '../../store/api.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import './chart.ts';

const DAY_MS = 86_400_000;
const SPANS = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS } as const;
type Span = keyof typeof SPANS;
const POINTS = 240;
const ROWS_MAX = 200;
const REFRESH_MS = 60_000;

class HistoryScreen extends Screen {
  static override properties = {
    ...Screen.properties,
    device: { state: true },
    property: { state: true },
    span: { state: true },
    back: { state: true },
    history: { state: true },
    trouble: { state: true },
  };
  declare device: string;
  declare property: string;
  declare span: Span;
  /** How many spans lie between the shown one and now. */
  declare back: number;
  declare history: { readonly answer: History; readonly from: number; readonly to: number } | null;
  declare trouble: string | null;
  #timer: ReturnType<typeof setInterval> | null = null;
  #asked = 0;

  constructor() {
    super();
    const asked = new URLSearchParams(location.search);
    const span = asked.get('span') ?? '';
    this.device = asked.get('device') ?? '';
    this.property = asked.get('property') ?? '';
    this.span = span in SPANS ? (span as Span) : 'day';
    this.back = 0;
    this.history = null;
    this.trouble = null;
    new Watch(this, ['devices', 'home']);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
    this.#timer = setInterval(() => this.back === 0 && store.status === 'live' && void this.#load(), REFRESH_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async #load(): Promise<void> {
    if (this.device === '' || this.property === '') return;
    this.#asked += 1;
    const asked = this.#asked;
    const to = Date.now() - this.back * SPANS[this.span];
    const from = to - SPANS[this.span];
    const query = new URLSearchParams({
      device: this.device,
      property: this.property,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      points: String(POINTS),
    });
    try {
      const answer = await get<History>(`/history?${query}`);
      if (asked === this.#asked) Object.assign(this, { history: { answer, from, to }, trouble: null });
    } catch (error) {
      if (asked === this.#asked) this.trouble = problemOf(error).detail;
    }
  }

  #choose(part: Partial<Pick<HistoryScreen, 'device' | 'property' | 'span' | 'back'>>): void {
    Object.assign(this, part);
    const { device, property, span } = this;
    const query = new URLSearchParams({ device, property, ...(span !== 'day' && { span }) });
    router.go(`/history?${query}`, { replace: true });
    void this.#load();
  }

  protected override render(): TemplateResult {
    router.title(th.history.title, store.state.home?.name);
    const device = store.device(this.device);
    return html`
      <div class="screen-head"><h1>${th.history.title}</h1></div>
      <div class="stack">
        <div class="card form">${this.#choices(device)}</div>
        ${this.trouble === null ? nothing : html`<p class="form-error" role="alert">${this.trouble}</p>`}
        ${
          this.device === ''
            ? html`<p class="soft">${th.history.choose}</p>`
            : this.history === null
              ? nothing
              : this.#shown(device)
        }
      </div>
    `;
  }

  #choices(device: Device | undefined): TemplateResult {
    const devices = [...store.state.devices.values()].filter((each) => propertyKeys(each).length > 0).toSorted(byName);
    const keys = device === undefined ? [] : propertyKeys(device);
    const pick = (id: string): void => {
      const next = store.device(id);
      const has = next !== undefined && propertyKeys(next);
      this.#choose({
        device: id,
        property: has && has.includes(this.property) ? this.property : ((has || [])[0] ?? ''),
        back: 0,
      });
    };
    return html`<div class="fields">
        ${selectField({ id: 'history-device', label: th.history.device, value: this.device, choices: devices.map(({ id, name }) => ({ value: id, label: name })), change: pick })}
        ${selectField({ id: 'history-property', label: th.history.property, value: this.property, choices: keys.map((key) => ({ value: key, label: propertyLabel(device!, key) })), change: (property) => this.#choose({ property }) })}
      </div>
      <div class="history-spans">
        <fieldset class="segments" aria-label=${th.history.span}>
          ${(Object.keys(SPANS) as Span[]).map(
            (span) =>
              html`<label class="segment">
                <input
                  type="radio"
                  name="span"
                  .checked=${this.span === span}
                  @change=${() => this.#choose({ span, back: 0 })}
                />
                <span>${th.history.spans[span]}</span>
              </label>`,
          )}
        </fieldset>
        <div class="step-tools">
          <button class="round-button" @click=${() => this.#choose({ back: this.back + 1 })}>
            <span class="icon flips">${icon(mdiChevronLeft)}</span><span class="hidden">${th.history.earlier}</span>
          </button>
          <button
            class="round-button turned"
            ?disabled=${this.back === 0}
            @click=${() => this.#choose({ back: this.back - 1 })}
          >
            <span class="icon flips">${icon(mdiChevronLeft)}</span><span class="hidden">${th.history.later}</span>
          </button>
        </div>
      </div>`;
  }

  #format(device: Device | undefined): (value: Value) => string {
    const unit = (device && describe(device, this.property)?.unit) ?? null;
    const units = store.state.home?.units ?? 'metric';
    return (value) => formatValue(this.property, value, unit, units);
  }

  #time(at: number): string {
    const style =
      this.span === 'day' ? ({ timeStyle: 'short' } as const) : ({ day: 'numeric', month: 'short' } as const);
    return new Intl.DateTimeFormat(undefined, { ...style, timeZone: zone() }).format(at);
  }

  #shown(device: Device | undefined): TemplateResult {
    const { answer, from, to } = this.history!;
    const samples = samplesOf(answer, from, to);
    const name = device === undefined ? this.device : `${device.name}: ${propertyLabel(device, this.property)}`;
    if (samples.length === 0) return emptyState(th.history.emptyTitle, th.history.emptyText);
    const format = this.#format(device);
    const long = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone() });
    const range = th.history.range(long.format(from), long.format(to));
    return html`<section class="card">
        <h2 dir="auto">${name}</h2>
        <p class="soft small">${range}</p>
        <lintel-chart
          .samples=${samples}
          .from=${from}
          .to=${to}
          .label=${th.history.chart(name, range)}
          .format=${format}
          .time=${(at: number) => this.#time(at)}
        ></lintel-chart>
        ${summary(samples, format)}
      </section>
      ${table(samples, format, long)}`;
  }
}

const zone = (): string | undefined => store.state.home?.timeZone;

function summary(samples: readonly Sample[], format: (value: Value) => string): TemplateResult | typeof nothing {
  const found = summaryOf(samples);
  if (found === null) return nothing;
  const fact = (name: string, value: number): TemplateResult =>
    html`<div class="fact">
      <dt>${name}</dt>
      <dd>${format(value)}</dd>
    </div>`;
  return html`<dl class="facts across">
    ${fact(th.history.lowest, found.low)} ${fact(th.history.mean, found.mean)} ${fact(th.history.highest, found.high)}
  </dl>`;
}

/** Newest first, and only the moments at which something was recorded. */
function table(
  samples: readonly Sample[],
  format: (value: Value) => string,
  time: Intl.DateTimeFormat,
): TemplateResult {
  const rows = samples.toReversed().slice(0, ROWS_MAX);
  return html`<section class="card">
    <h2 id="history-values">${th.history.values}</h2>
    ${samples.length > rows.length ? html`<p class="soft small">${th.history.shown(rows.length, samples.length)}</p>` : nothing}
    <div class="table-scroll" tabindex="0" role="region" aria-labelledby="history-values">
      <table>
        <thead>
          <tr>
            <th scope="col">${th.history.time}</th>
            <th scope="col">${th.history.value}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ at, value }) =>
              html`<tr>
                <td><time datetime=${new Date(at).toISOString()}>${time.format(at)}</time></td>
                <td dir="auto">${format(value)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

define('screen-history', HistoryScreen);
