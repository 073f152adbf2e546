// The rooms as cards, floor by floor, and a way to add one.

import { html, nothing, type TemplateResult } from 'lit';
import type { Device, Room } from '@lintel/model';
import { define, Screen, Watch } from '../../elements/base.ts';
import { emptyState } from '../../elements/empty.ts';
import { textField } from '../../elements/field.ts';
import { isLight, isOn } from '../../readers/devices.ts';
import { isAtLeast } from '../../readers/roles.ts';
import { roomText } from '../../readers/summary.ts';
import { router } from '../../router.ts';
import { change } from '../../store/actions.ts';
import { post, remove } from '../../store/api.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';

class RoomsScreen extends Screen {
  static override properties = { adding: { state: true }, name: { state: true }, floor: { state: true } };
  declare adding: boolean;
  declare name: string;
  declare floor: string;

  constructor() {
    super();
    this.adding = false;
    this.name = '';
    this.floor = '';
    new Watch(this, ['rooms', 'devices', 'home']);
  }

  async #add(event: Event): Promise<void> {
    event.preventDefault();
    const [name, floor] = [this.name.trim(), this.floor.trim()];
    if (name === '') return;
    let id = '';
    const create = async (): Promise<void> => {
      id = (await post<Room>('/rooms', { name, ...(floor !== '' && { floor }) })).id;
    };
    const added = await change(create, t.rooms.added(name), () => remove(`/rooms/${encodeURIComponent(id)}`));
    if (added) Object.assign(this, { adding: false, name: '', floor: '' });
  }

  protected override render(): TemplateResult {
    router.title(t.rooms.title, store.state.home?.name);
    const rooms = store.rooms();
    return html`
      <div class="screen-head">
        <h1>${t.rooms.title}</h1>
        ${isAtLeast(store.state.user, 'admin') ? this.#addButton() : nothing}
      </div>
      <div class="stack">
        ${this.adding ? this.#form() : nothing}
        ${store.loaded && rooms.length === 0 ? emptyState(t.rooms.emptyTitle, t.rooms.emptyText) : byFloor(rooms)}
      </div>
    `;
  }

  #addButton(): TemplateResult {
    return html`<button
      class="button"
      aria-expanded=${this.adding ? 'true' : 'false'}
      @click=${() => (this.adding = !this.adding)}
    >
      ${t.rooms.add}
    </button>`;
  }

  #form(): TemplateResult {
    return html`<form class="card form narrow" @submit=${this.#add}>
      ${textField({ id: 'room-name', label: t.rooms.name, value: this.name, input: (text) => (this.name = text), required: true })}
      ${textField({
        id: 'room-floor',
        label: t.rooms.floor,
        hint: t.rooms.floorHint,
        value: this.floor,
        input: (text) => (this.floor = text),
      })}
      <div class="actions"><button class="button primary">${t.save}</button></div>
    </form>`;
  }
}

function byFloor(rooms: readonly Room[]): TemplateResult {
  const floors = Map.groupBy(rooms, (room) => room.floor ?? '');
  const names = [...floors.keys()].toSorted((a, b) => a.localeCompare(b));
  return html`${names.map(
    (floor) =>
      html`<section>
        ${floor === '' ? nothing : html`<p class="floor" dir="auto">${floor}</p>`}
        <div class="room-cards">${floors.get(floor)!.map(roomCard)}</div>
      </section>`,
  )}`;
}

function roomCard(room: Room): TemplateResult {
  const devices = [...store.state.devices.values()].filter((each: Device) => each.room === room.id);
  const lit = devices.some((each) => isLight(each) && isOn(each));
  return html`<article class="room-card ${lit ? 'lit' : ''}">
    <span></span>
    <h2 dir="auto"><a class="cover" href="/rooms/${encodeURIComponent(room.id)}">${room.name}</a></h2>
    <p class="row-note">${roomText(devices, store.state.home?.units ?? 'metric') || t.devices(devices.length)}</p>
  </article>`;
}

define('screen-rooms', RoomsScreen);
