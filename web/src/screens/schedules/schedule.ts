// One weekly schedule: its times, each with the days it holds on and the value that begins there.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiChevronLeft, mdiClose, mdiPlus } from '@mdi/js';
import type { KnownValue, Schedule, ScheduleBlock, Weekday } from '@lintel/model';
import { define, Watch } from '../../elements/base.ts';
import { chips } from '../../elements/chips.ts';
import { selectField, textField } from '../../elements/field.ts';
import { FormScreen, ownProblem } from '../../elements/form-screen.ts';
import { icon } from '../../elements/icon.ts';
import { router } from '../../router.ts';
import { change } from '../../store/actions.ts';
import { get, patch, post, problemOf, remove } from '../../store/api.ts';
import { notices } from '../../store/notices.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';

type Kind = 'boolean' | 'number' | 'string';
type Draft = Omit<Schedule, 'id'>;

const WEEK: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'workday', 'holiday'];
const KINDS = Object.entries(th.schedules.kinds).map(([value, label]) => ({ value, label }));
const FIRST: Readonly<Record<Kind, KnownValue>> = { boolean: true, number: 21, string: '' };
const BLANK: Draft = { name: '', blocks: [{ weekdays: WEEK.slice(0, 7), at: '07:00', value: 21 }] };
const NEW = 'new';

const kindOf = ({ blocks }: Draft): Kind => (blocks[0] === undefined ? 'number' : (typeof blocks[0].value as Kind));

class ScheduleScreen extends FormScreen {
  static override properties = {
    ...FormScreen.properties,
    draft: { state: true },
    saved: { state: true },
    gone: { state: true },
  };
  declare draft: Draft | null;
  declare saved: Schedule | null;
  declare gone: boolean;

  constructor() {
    super();
    this.draft = null;
    this.saved = null;
    this.gone = false;
    new Watch(this, ['home']);
  }

  get #id(): string {
    return this.params['id'] ?? NEW;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    if (this.#id === NEW) {
      this.draft = BLANK;
      return;
    }
    try {
      this.saved = await get<Schedule>(`/schedules/${encodeURIComponent(this.#id)}`);
      this.draft = { name: this.saved.name, blocks: this.saved.blocks };
    } catch (error) {
      this.gone = problemOf(error).status === 404;
      this.problem = problemOf(error);
    }
  }

  async #save(event: Event): Promise<void> {
    event.preventDefault();
    const { draft } = this;
    if (draft === null) return;
    const name = draft.name.trim();
    if (name === '') return this.refuse(ownProblem('/name', t.errors.required));
    const dayless = draft.blocks.findIndex(({ weekdays }) => weekdays.length === 0);
    if (dayless !== -1) return this.refuse(ownProblem(`/blocks/${dayless}/weekdays`, th.schedules.daysMissing));
    const wordless = draft.blocks.findIndex(({ value }) => value === '' || Number.isNaN(value));
    if (wordless !== -1) return this.refuse(ownProblem(`/blocks/${wordless}/value`, t.errors.required));
    const body = { name, blocks: draft.blocks };
    const path = `/schedules/${encodeURIComponent(this.#id)}`;
    if (!(await this.send(() => (this.#id === NEW ? post('/schedules', body) : patch(path, body))))) return;
    notices.show(th.saved(name));
    router.go('/schedules', { replace: true });
  }

  async #remove(schedule: Schedule): Promise<void> {
    const { id, name, blocks } = schedule;
    const path = `/schedules/${encodeURIComponent(id)}`;
    const removed = await change(
      () => remove(path),
      th.deleted(name),
      () => post('/schedules', { id, name, blocks }),
    );
    if (removed) router.go('/schedules', { replace: true });
  }

  protected override render(): TemplateResult {
    const title = this.saved?.name ?? (this.#id === NEW ? th.schedules.new : this.gone ? th.schedules.gone : t.loading);
    router.title(title, store.state.home?.name);
    return html`
      <a class="crumb" href="/schedules"
        ><span class="icon flips">${icon(mdiChevronLeft)}</span>${th.schedules.title}</a
      >
      <div class="screen-head">
        <h1 dir="auto">${title}</h1>
        ${
          this.saved === null
            ? nothing
            : html`<button class="button danger" @click=${() => this.#remove(this.saved!)}>${th.delete}</button>`
        }
      </div>
      ${this.draft === null ? nothing : this.#form(this.draft)}
    `;
  }

  #form(draft: Draft): TemplateResult {
    const kind = kindOf(draft);
    const blocks = (next: readonly ScheduleBlock[]): void => void (this.draft = { ...draft, blocks: next });
    const rekind = (chosen: string): void =>
      blocks(draft.blocks.map((each) => ({ ...each, value: FIRST[chosen as Kind] })));
    const last = draft.blocks.at(-1);
    const add = (): void =>
      blocks([
        ...draft.blocks,
        { weekdays: last?.weekdays ?? WEEK.slice(0, 7), at: '22:00', value: last?.value ?? FIRST[kind] },
      ]);
    const shown = draft.blocks.flatMap((_, at) => ['weekdays', 'at', 'value'].map((each) => `/blocks/${at}/${each}`));
    return html`<form class="form narrow" novalidate @submit=${this.#save}>
      ${this.trouble(['/name', ...shown])}
      <div class="card fields">
        ${textField({ id: 'schedule-name', label: th.name, value: draft.name, input: (name) => (this.draft = { ...draft, name }), error: this.error('/name') })}
        ${selectField({ id: 'schedule-kind', label: th.schedules.kind, value: kind, choices: KINDS, change: rekind })}
      </div>
      ${draft.blocks.map((block, at) => this.#block(draft, block, at, blocks))}
      ${draft.blocks.length === 0 ? html`<p class="soft">${th.schedules.noBlocks}</p>` : nothing}
      <div class="actions">
        <button class="button primary" ?disabled=${this.busy}>${t.save}</button>
        <button class="button" type="button" @click=${add}>${icon(mdiPlus, 20)}${th.schedules.addBlock}</button>
      </div>
    </form>`;
  }

  #block(
    draft: Draft,
    block: ScheduleBlock,
    at: number,
    change: (blocks: readonly ScheduleBlock[]) => void,
  ): TemplateResult {
    const set = (part: Partial<ScheduleBlock>): void => change(draft.blocks.with(at, { ...block, ...part }));
    const error = (field: string): string | null => this.error(`/blocks/${at}/${field}`);
    return html`<fieldset class="card form block" aria-label=${th.schedules.time(at + 1)}>
      <div class="fields">
        ${textField({ id: `block-${at}-at`, label: th.schedules.at, type: 'time', value: block.at, input: (time) => set({ at: time }), error: error('at') })}
        ${valueField(`block-${at}-value`, block.value, error('value'), (value) => set({ value }))}
      </div>
      ${chips({
        label: th.schedules.weekdays,
        choices: WEEK.map((day) => ({ value: day, label: t.humanise(t.rule.days[day] ?? day) })),
        chosen: block.weekdays,
        change: (days) => set({ weekdays: days as readonly Weekday[] }),
        error: error('weekdays'),
      })}
      <button type="button" class="round-button bare corner" @click=${() => change(draft.blocks.toSpliced(at, 1))}>
        ${icon(mdiClose, 20)}<span class="hidden">${th.schedules.removeBlock(at + 1)}</span>
      </button>
    </fieldset>`;
  }
}

function valueField(
  id: string,
  value: KnownValue,
  error: string | null,
  set: (value: KnownValue) => void,
): TemplateResult {
  const label = th.schedules.value;
  if (typeof value === 'boolean') {
    const choices = [true, false].map((each) => ({ value: String(each), label: each ? t.on : t.off }));
    return selectField({ id, label, value: String(value), choices, change: (chosen) => set(chosen === 'true') });
  }
  const numeric = typeof value === 'number';
  return textField({
    id,
    label,
    type: numeric ? 'number' : 'text',
    value: Number.isNaN(value) ? '' : String(value),
    input: (typed) => set(numeric ? (typed === '' ? Number.NaN : Number(typed.replace(',', '.'))) : typed),
    error,
  });
}

define('screen-schedule', ScheduleScreen);
