// What will run in the next day if nothing happens but time.

import { html, nothing, type TemplateResult } from 'lit';
import type { ForecastEntry } from '@lintel/protocol';
import { define, LightElement, Watch } from '../../elements/base.ts';
import { clockTime } from '../../readers/format.ts';
import { Fetched } from '../../store/fetched.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';

const SHOWN_MAX = 30;

class Forecast extends LightElement {
  readonly #all = new Fetched<ForecastEntry>(this, '/automations/forecast?hours=24');

  constructor() {
    super();
    new Watch(this, ['automations']);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { items, loaded } = this.#all;
    if (!loaded) return nothing;
    return html`<section class="stack narrow">
      <div>
        <h2>${th.pending.forecast}</h2>
        <p class="soft">${items.length === 0 ? th.pending.nothingAhead : th.pending.forecastText}</p>
      </div>
      ${
        items.length === 0
          ? nothing
          : html`<ol class="rows">
              ${items.slice(0, SHOWN_MAX).map((each) => html`<li>${row(each)}</li>`)}
            </ol>`
      }
    </section>`;
  }
}

function row({ at, automation, name, text }: ForecastEntry): TemplateResult {
  const title = name ?? text;
  const known = automation !== undefined && store.state.automations.has(automation);
  return html`<div class="row">
    <time class="timeline-time" datetime=${at}>${clockTime(at)}</time>
    <span class="row-text">
      ${
        known
          ? html`<a class="row-title cover" href="/automations/${encodeURIComponent(automation)}" dir="auto"
              >${title}</a
            >`
          : html`<span class="row-title" dir="auto">${title}</span>`
      }
      ${text === title ? nothing : html`<span class="row-note" dir="auto">${text}</span>`}
    </span>
  </div>`;
}

define('lintel-forecast', Forecast);
