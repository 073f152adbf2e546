// Claiming a new hub: its setup code, its owner, its place. What was typed stays until the hub has accepted it.

import { html, nothing, type TemplateResult } from 'lit';
import type { Problem, SignedIn } from '@lintel/protocol';
import { define, Screen } from '../../elements/base.ts';
import { focusInvalid, selectField, textField } from '../../elements/field.ts';
import { router } from '../../router.ts';
import { post, problemOf } from '../../store/api.ts';
import { openLive } from '../../store/session.ts';
import { t } from '../../strings/index.ts';
import './city-field.ts';
import type { City } from './cities.ts';
import { BLANK, bodyOf, checkStep, stepOf, STEPS, type Errors, type SetupForm } from './form.ts';
import { timeZones } from '../../readers/time-zones.ts';

class SetupScreen extends Screen {
  static override properties = {
    step: { state: true },
    form: { state: true },
    errors: { state: true },
    trouble: { state: true },
    busy: { state: true },
  };
  declare step: number;
  declare form: SetupForm;
  declare errors: Errors;
  declare trouble: string | null;
  declare busy: boolean;

  constructor() {
    super();
    this.step = 0;
    this.form = { ...BLANK, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
    this.errors = {};
    this.trouble = null;
    this.busy = false;
  }

  #set(part: Partial<SetupForm>): void {
    this.form = { ...this.form, ...part };
  }

  #input = (name: keyof SetupForm) => (value: string) => this.#set({ [name]: value });

  async #goTo(step: number): Promise<void> {
    this.step = step;
    await this.updateComplete;
    this.querySelector<HTMLElement>('input, select')?.focus();
  }

  async #next(event: Event): Promise<void> {
    event.preventDefault();
    if (!(await this.#isFilled())) return;
    if (this.step < STEPS.length - 1) await this.#goTo(this.step + 1);
    else await this.#finish(false);
  }

  /** A city typed whole and not chosen from the list still says where the home is. */
  async #placeByCity(): Promise<void> {
    const { city, latitude, longitude } = this.form;
    if (city.trim() === '' || latitude + longitude !== '') return;
    const { findCities, cityNamed } = await import('./cities.ts');
    const found = findCities(city);
    const named = cityNamed(city) ?? (found.length === 1 ? found[0] : undefined);
    if (named !== undefined) this.#choose(named);
  }

  #choose({ name, latitude, longitude, timeZone }: City): void {
    this.#set({ city: name, latitude: String(latitude), longitude: String(longitude), timeZone });
  }

  async #isFilled(): Promise<boolean> {
    await this.#placeByCity();
    this.errors = checkStep(this.step, this.form);
    if (Object.keys(this.errors).length === 0) return true;
    await this.updateComplete;
    focusInvalid(this);
    return false;
  }

  async #finish(virtual: boolean): Promise<void> {
    if (!(await this.#isFilled())) return;
    this.busy = true;
    this.trouble = null;
    try {
      await post<SignedIn>('/setup', bodyOf(this.form, virtual));
      openLive();
      router.go('/', { replace: true });
    } catch (error) {
      await this.#refused(problemOf(error));
    } finally {
      this.busy = false;
    }
  }

  /** The error stands at its field, on the step that holds it. */
  async #refused({ code, detail, pointer }: Problem): Promise<void> {
    const at = code === 'SETUP_CODE_WRONG' ? '/setupCode' : (pointer ?? '');
    const { step, field } = stepOf(at);
    if (field === null) {
      this.trouble = detail;
      return;
    }
    this.errors = { [field]: detail };
    await this.#goTo(step);
    focusInvalid(this);
  }

  protected override render(): TemplateResult {
    router.title(t.setup.title, undefined);
    const name = STEPS[this.step]!;
    const isLast = this.step === STEPS.length - 1;
    return html`<div class="gate">
      <div class="stack">
        <span class="brand-mark gate-mark" aria-hidden="true"></span>
        <ol class="progress" aria-hidden="true">
          ${STEPS.map((_, at) => html`<li class=${at <= this.step ? 'done' : ''}></li>`)}
        </ol>
        <h1>${t.setup.titles[name]}</h1>
        <p class="soft">${t.setup.texts[name]}</p>
      </div>
      <form class="card form" novalidate @submit=${this.#next}>
        ${this.trouble === null ? nothing : html`<p class="form-error" role="alert">${this.trouble}</p>`}
        ${name === 'code' ? this.#code() : name === 'you' ? this.#you() : this.#home()}
        <div class="actions">
          ${
            this.step > 0
              ? html`<button class="button" type="button" @click=${() => this.#goTo(this.step - 1)}>${t.back}</button>`
              : nothing
          }
          <button class="button primary" ?disabled=${this.busy}>${isLast ? t.setup.finish : t.setup.continue}</button>
        </div>
        ${isLast ? this.#virtual() : nothing}
      </form>
    </div>`;
  }

  #virtual(): TemplateResult {
    return html`<div class="form">
      <p class="soft small">${t.setup.virtualText}</p>
      <button class="button" type="button" ?disabled=${this.busy} @click=${() => this.#finish(true)}>
        ${t.home.tryVirtual}
      </button>
    </div>`;
  }

  #text(name: keyof SetupForm, label: string, more: Partial<Parameters<typeof textField>[0]> = {}): TemplateResult {
    const error = this.errors[name];
    return textField({ id: name, label, value: this.form[name], input: this.#input(name), error, ...more });
  }

  #code(): TemplateResult {
    return this.#text('setupCode', t.setup.code, { hint: t.setup.codeHint });
  }

  #you(): TemplateResult {
    return html`${this.#text('name', t.setup.name, { autocomplete: 'username' })}
    ${this.#text('password', t.setup.password, {
      type: 'password',
      autocomplete: 'new-password',
      hint: t.setup.passwordHint,
    })}`;
  }

  #home(): TemplateResult {
    const chosen = ({ detail }: CustomEvent<City>): void => this.#choose(detail);
    const zones = timeZones();
    return html`
      ${this.#text('homeName', t.setup.homeName)}
      <lintel-city-field
        .text=${this.form.city}
        @typed=${(event: CustomEvent<string>) => this.#set({ city: event.detail })}
        @chosen=${chosen}
      ></lintel-city-field>
      <div class="fields">
        ${this.#text('latitude', t.setup.latitude, { inputmode: 'text' })}
        ${this.#text('longitude', t.setup.longitude, { inputmode: 'text' })}
      </div>
      ${selectField({
        id: 'timeZone',
        label: t.setup.timeZone,
        value: this.form.timeZone,
        choices: zones,
        change: this.#input('timeZone'),
        error: this.errors.timeZone,
      })}
    `;
  }
}

define('screen-setup', SetupScreen);
