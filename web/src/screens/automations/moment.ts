// How what a rule reads was at one moment of the past.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Rule, Value } from '@lintel/model';
import { define, LightElement } from '../../elements/base.ts';
import { describe } from '../../readers/devices.ts';
import { formatValue } from '../../readers/format.ts';
import { propertyLabel } from '../../readers/labels.ts';
import { watchedBy, type WatchedProperty } from '../../readers/watched.ts';
import { get, problemOf } from '../../store/api.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';

const SECOND_MS = 1000;

interface History {
  readonly points: readonly (readonly [string, Value, ...unknown[]])[];
  readonly before: readonly [string, Value] | null;
}

interface Reading extends WatchedProperty {
  readonly value: Value;
}

class Moment extends LightElement {
  static override properties = {
    rule: { attribute: false },
    at: {},
    readings: { state: true },
    trouble: { state: true },
  };
  declare rule: Rule;
  /** ISO 8601 UTC. */
  declare at: string;
  declare readings: readonly Reading[];
  declare trouble: string | null;
  #asked = '';

  constructor() {
    super();
    Object.assign(this, { at: '', readings: [], trouble: null });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('at') || changed.has('rule')) void this.#load();
  }

  async #load(): Promise<void> {
    const { at } = this;
    this.#asked = at;
    try {
      const readings = await Promise.all(watchedBy(this.rule).map((each) => readAt(each, at)));
      if (this.#asked === at) Object.assign(this, { readings, trouble: null });
    } catch (error) {
      this.trouble = problemOf(error).detail;
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.trouble !== null) return html`<p class="form-error" role="alert">${this.trouble}</p>`;
    if (this.readings.length === 0) return nothing;
    return html`<h3>${th.replay.readings}</h3>
      <dl class="facts">${this.readings.map(reading)}</dl>`;
  }
}

/** The last value at or before a moment; what was reported within its own second counts. */
async function readAt({ device, property }: WatchedProperty, at: string): Promise<Reading> {
  const to = new Date(Date.parse(at) + 1).toISOString();
  const from = new Date(Date.parse(at) - SECOND_MS).toISOString();
  const query = new URLSearchParams({ device, property, from, to });
  const { points, before } = await get<History>(`/history?${query}`);
  const last = points.filter(([time]) => time <= at).at(-1) ?? before;
  return { device, property, value: last?.[1] ?? null };
}

function reading({ device: id, property, value }: Reading): TemplateResult {
  const device = store.device(id);
  const units = store.state.home?.units ?? 'metric';
  const unit = (device && describe(device, property)?.unit) ?? null;
  const name = device === undefined ? `${id} ${property}` : `${device.name}, ${propertyLabel(device, property)}`;
  return html`<div class="fact">
    <dt dir="auto">${name}</dt>
    <dd>${value === null ? th.why.unknown : formatValue(property, value, unit, units)}</dd>
  </div>`;
}

define('lintel-moment', Moment);
