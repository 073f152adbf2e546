// Quick search: type a few letters, Enter goes there. A combobox over a list of options.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiHomeAutomation, mdiOpenInApp, mdiSofa } from '@mdi/js';
import { define, LightElement } from '../../elements/base.ts';
import { icon } from '../../elements/icon.ts';
import { deviceIcon } from '../../readers/icons.ts';
import { mayOpen, router } from '../../router.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';
import { rank, type Entry } from './rank.ts';

const SHOWN_MAX = 12;

function entries(): Entry[] {
  const { devices, rooms, automations } = store.state;
  const screens = (Object.keys(t.more.hints) as (keyof typeof t.more.hints)[]).filter((each) => mayOpen(`/${each}`));
  return [
    ...[...devices.values()].map((each) => ({
      kind: 'device',
      title: each.name,
      path: `/devices/${encodeURIComponent(each.id)}`,
      picture: deviceIcon(each),
      more: each.room === null ? '' : (rooms.get(each.room)?.name ?? ''),
    })),
    ...[...rooms.values()].map((each) => ({
      kind: 'room',
      title: each.name,
      path: `/rooms/${encodeURIComponent(each.id)}`,
      picture: mdiSofa,
      more: '',
    })),
    ...[...automations.values()].map((each) => ({
      kind: 'automation',
      title: each.name ?? each.id,
      path: `/automations/${encodeURIComponent(each.id)}`,
      picture: mdiHomeAutomation,
      more: '',
    })),
    ...screens.map((each) => ({
      kind: 'screen',
      title: t.more[each],
      path: `/${each}`,
      picture: mdiOpenInApp,
      more: '',
    })),
  ];
}

class QuickSearch extends LightElement {
  static override properties = { text: { state: true }, at: { state: true } };
  declare text: string;
  declare at: number;

  constructor() {
    super();
    this.text = '';
    this.at = 0;
  }

  protected override firstUpdated(): void {
    this.querySelector('dialog')?.showModal();
  }

  #close(): void {
    this.querySelector('dialog')?.close();
    this.dispatchEvent(new CustomEvent('close'));
  }

  #go(entry: Entry | undefined): void {
    if (entry === undefined) return;
    this.#close();
    router.go(entry.path);
  }

  #key(event: KeyboardEvent, found: readonly Entry[]): void {
    if (event.key === 'ArrowDown') this.at = Math.min(found.length - 1, this.at + 1);
    else if (event.key === 'ArrowUp') this.at = Math.max(0, this.at - 1);
    else if (event.key === 'Enter') this.#go(found[this.at]);
    else return;
    event.preventDefault();
  }

  protected override updated(): void {
    this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  protected override render(): TemplateResult {
    const found = rank(entries(), this.text).slice(0, SHOWN_MAX);
    const cancel = (event: Event): void => {
      event.preventDefault();
      this.#close();
    };
    const press = (event: MouseEvent): void => void (event.target === event.currentTarget && this.#close());
    return html`<dialog class="search-dialog" aria-label=${t.quick.label} @cancel=${cancel} @click=${press}>
      <input
        type="text"
        role="combobox"
        aria-label=${t.quick.label}
        aria-expanded="true"
        aria-controls="quick-options"
        aria-autocomplete="list"
        aria-activedescendant=${found.length === 0 ? nothing : `quick-${this.at}`}
        placeholder=${t.quick.placeholder}
        autocomplete="off"
        spellcheck="false"
        autofocus
        .value=${this.text}
        @input=${(event: Event) => Object.assign(this, { text: (event.target as HTMLInputElement).value, at: 0 })}
        @keydown=${(event: KeyboardEvent) => this.#key(event, found)}
      />
      <div class="options" id="quick-options" role="listbox" aria-label=${t.results}>
        ${found.map((entry, at) => this.#option(entry, at))}
      </div>
      ${found.length === 0 ? html`<p class="option soft" role="status">${t.quick.none}</p>` : nothing}
    </dialog>`;
  }

  #option(entry: Entry, at: number): TemplateResult {
    const note = [entry.more, t.quick.kinds[entry.kind]].filter((each) => each !== '').join(' · ');
    return html`<div
      class="option"
      role="option"
      id="quick-${at}"
      aria-selected=${at === this.at ? 'true' : 'false'}
      @click=${() => this.#go(entry)}
      @pointermove=${() => (this.at = at)}
    >
      ${icon(entry.picture, 22)}<span dir="auto">${entry.title}</span><span class="option-note">${note}</span>
    </div>`;
  }
}

define('lintel-quick-search', QuickSearch);
