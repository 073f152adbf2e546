// Every device in one list, to search and to open.

import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { define, Screen, Watch } from '../../elements/base.ts';
import { emptyState } from '../../elements/empty.ts';
import { textField } from '../../elements/field.ts';
import '../../elements/tile.ts';
import { byName } from '../../readers/devices.ts';
import { mayOpen, router } from '../../router.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';

class DevicesScreen extends Screen {
  static override properties = { filter: { state: true } };
  declare filter: string;

  constructor() {
    super();
    this.filter = '';
    new Watch(this, ['devices', 'rooms']);
  }

  #found(): string[] {
    const words = this.filter.toLowerCase().split(/\s+/);
    const fits = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
    const devices = [...store.state.devices.values()].toSorted(byName);
    return devices
      .filter((each) => {
        const room = each.room === null ? '' : (store.state.rooms.get(each.room)?.name ?? '');
        return fits(`${each.name} ${room} ${each.manufacturer ?? ''} ${each.model ?? ''} ${each.kind}`);
      })
      .map((each) => each.id);
  }

  protected override render(): TemplateResult {
    router.title(t.devicesScreen.title, store.state.home?.name);
    const add = html`<a class="button primary" href="/pairing">${t.home.addDevice}</a>`;
    return html`
      <div class="screen-head">
        <h1>${t.devicesScreen.title}</h1>
        ${mayOpen('/pairing') ? add : nothing}
      </div>
      ${
        store.loaded && store.state.devices.size === 0
          ? emptyState(t.home.emptyTitle, t.home.emptyText)
          : html`<div class="stack">${this.#search()}${this.#tiles()}</div>`
      }
    `;
  }

  #search(): TemplateResult {
    const input = (value: string): void => void (this.filter = value);
    return html`<div class="narrow">
      ${textField({ id: 'find', label: t.devicesScreen.filter, type: 'search', value: this.filter, input })}
    </div>`;
  }

  #tiles(): TemplateResult {
    const found = this.#found();
    if (store.loaded && found.length === 0) return html`<p class="soft" role="status">${t.devicesScreen.none}</p>`;
    return html`<div class="tiles">
      ${repeat(
        found,
        (id) => id,
        (id) => html`<lintel-tile .device=${id}></lintel-tile>`,
      )}
    </div>`;
  }
}

define('screen-devices', DevicesScreen);
