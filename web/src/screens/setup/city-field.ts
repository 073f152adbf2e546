// A city to choose by its first letters. The list is fetched from the hub itself when the field is first used.

import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { define, LightElement } from '../../elements/base.ts';
import { t } from '../../strings/index.ts';
import type * as Cities from './cities.ts';
import type { City } from './cities.ts';

class CityField extends LightElement {
  static override properties = { text: {}, found: { state: true }, at: { state: true } };
  declare text: string;
  declare found: readonly City[];
  declare at: number;
  #cities: Promise<typeof Cities> | null = null;

  constructor() {
    super();
    this.text = '';
    this.found = [];
    this.at = -1;
  }

  #load(): Promise<typeof Cities> {
    this.#cities ??= import('./cities.ts');
    return this.#cities;
  }

  async #input(event: Event): Promise<void> {
    this.text = (event.target as HTMLInputElement).value;
    this.dispatchEvent(new CustomEvent('typed', { detail: this.text }));
    const { findCities, cityNamed } = await this.#load();
    this.found = findCities(this.text);
    this.at = this.found.length > 0 ? 0 : -1;
    const named = cityNamed(this.text);
    if (named !== undefined) this.dispatchEvent(new CustomEvent('chosen', { detail: named }));
  }

  #choose(city: City | undefined): void {
    if (city === undefined) return;
    this.text = city.name;
    this.found = [];
    this.dispatchEvent(new CustomEvent('chosen', { detail: city }));
  }

  #key(event: KeyboardEvent): void {
    if (this.found.length === 0) return;
    if (event.key === 'ArrowDown') this.at = Math.min(this.found.length - 1, this.at + 1);
    else if (event.key === 'ArrowUp') this.at = Math.max(0, this.at - 1);
    else if (event.key === 'Enter' && this.at >= 0) this.#choose(this.found[this.at]);
    else if (event.key === 'Escape') this.found = [];
    else return;
    event.preventDefault();
  }

  /** Late enough that a press on an option still finds it. */
  #blur(): void {
    setTimeout(() => (this.found = []), 200);
  }

  protected override render(): TemplateResult {
    const open = this.found.length > 0;
    return html`<div class="field popup">
      <label for="city">${t.setup.city}</label>
      <input
        id="city"
        role="combobox"
        aria-expanded=${open ? 'true' : 'false'}
        aria-controls=${open ? 'cities' : nothing}
        aria-autocomplete="list"
        aria-activedescendant=${open && this.at >= 0 ? `city-${this.at}` : nothing}
        aria-describedby="city-hint"
        autocomplete="off"
        .value=${live(this.text)}
        @focus=${() => void this.#load()}
        @input=${this.#input}
        @keydown=${this.#key}
        @blur=${this.#blur}
      />
      <p class="hint" id="city-hint">${t.setup.cityHint}</p>
      ${open ? this.#options() : nothing}
    </div>`;
  }

  #options(): TemplateResult {
    return html`<div class="options" id="cities" role="listbox" aria-label=${t.results}>
      ${this.found.map(
        (city, at) =>
          html`<div
            class="option"
            role="option"
            id="city-${at}"
            aria-selected=${at === this.at ? 'true' : 'false'}
            @pointerdown=${(event: Event) => {
              event.preventDefault();
              this.#choose(city);
            }}
          >
            ${city.name}<span class="option-note">${city.country}</span>
          </div>`,
      )}
    </div>`;
  }
}

define('lintel-city-field', CityField);
