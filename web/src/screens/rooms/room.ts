// One room: its lights together, each of its devices, its name.

import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { mdiChevronLeft } from '@mdi/js';
import type { Device, Room } from '@lintel/model';
import { define, Screen, Watch } from '../../elements/base.ts';
import { emptyState } from '../../elements/empty.ts';
import { textField } from '../../elements/field.ts';
import { icon } from '../../elements/icon.ts';
import { switchControl } from '../../elements/switch.ts';
import '../../elements/tile.ts';
import { byUse, isLight, isSettable } from '../../readers/devices.ts';
import { isAtLeast } from '../../readers/roles.ts';
import { roomText } from '../../readers/summary.ts';
import { router } from '../../router.ts';
import { change, setMany } from '../../store/actions.ts';
import { patch, post, remove } from '../../store/api.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';

class RoomScreen extends Screen {
  static override properties = { editing: { state: true }, name: { state: true } };
  declare editing: boolean;
  declare name: string;

  constructor() {
    super();
    this.editing = false;
    this.name = '';
    new Watch(this, ['all']);
  }

  get #path(): string {
    return `/rooms/${encodeURIComponent(this.params['id'] ?? '')}`;
  }

  protected override render(): TemplateResult {
    const room = store.state.rooms.get(this.params['id'] ?? '');
    if (room === undefined) return this.#missing();
    router.title(room.name, store.state.home?.name);
    const devices = [...store.state.devices.values()].filter((each) => each.room === room.id).toSorted(byUse);
    return html`
      ${back()}
      <div class="screen-head">
        <div>
          <h1 dir="auto">${room.name}</h1>
          <p class="soft">${roomText(devices, store.state.home?.units ?? 'metric')}</p>
        </div>
        ${lightsTogether(room, devices)}
      </div>
      <div class="stack">
        ${devices.length === 0 ? emptyState(t.rooms.noDevices, t.rooms.noDevicesText) : tiles(devices)}
        ${isAtLeast(store.state.user, 'admin') ? (this.editing ? this.#form(room) : this.#editButton(room)) : nothing}
      </div>
    `;
  }

  #missing(): TemplateResult {
    return html`${back()}
      <h1>${store.loaded ? t.rooms.gone : t.loading}</h1>`;
  }

  #editButton(room: Room): TemplateResult {
    const edit = (): void => Object.assign(this, { editing: true, name: room.name }) as unknown as void;
    return html`<div><button class="quiet" @click=${edit}>${t.rooms.editRoom}</button></div>`;
  }

  #form(room: Room): TemplateResult {
    const save = async (event: Event): Promise<void> => {
      event.preventDefault();
      const name = this.name.trim();
      const undo = (): Promise<unknown> => patch(this.#path, { name: room.name });
      if (name !== '') this.editing = !(await change(() => patch(this.#path, { name }), t.rooms.renamed(name), undo));
    };
    return html`<form class="card form narrow" @submit=${save}>
      ${textField({ id: 'room-name', label: t.rooms.name, value: this.name, input: (text) => (this.name = text) })}
      <div class="actions">
        <button class="button primary">${t.save}</button>
        <button class="button" type="button" @click=${() => (this.editing = false)}>${t.cancel}</button>
        <button class="quiet danger" type="button" @click=${() => this.#remove(room)}>${t.rooms.removeRoom}</button>
      </div>
    </form>`;
  }

  async #remove(room: Room): Promise<void> {
    const inside = [...store.state.devices.values()].filter((each) => each.room === room.id);
    const undo = async (): Promise<void> => {
      const { id, name, floor, icon: picture } = room;
      const again = await post<Room>('/rooms', {
        id,
        name,
        ...(floor && { floor }),
        ...(picture && { icon: picture }),
      });
      for (const each of inside) await patch(`/devices/${encodeURIComponent(each.id)}`, { room: again.id });
    };
    if (await change(() => remove(this.#path), t.rooms.removed(room.name), undo))
      router.go('/rooms', { replace: true });
  }
}

const back = (): TemplateResult =>
  html`<a class="crumb" href="/rooms"><span class="icon flips">${icon(mdiChevronLeft)}</span>${t.rooms.title}</a>`;

function tiles(devices: readonly Device[]): TemplateResult {
  return html`<div class="tiles">
    ${repeat(
      devices,
      (each) => each.id,
      (each) => html`<lintel-tile .device=${each.id}></lintel-tile>`,
    )}
  </div>`;
}

function lightsTogether(room: Room, devices: readonly Device[]): TemplateResult | typeof nothing {
  const lights = devices.filter((each) => isLight(each) && isSettable(each, 'onOff.on'));
  if (lights.length === 0) return nothing;
  const on = lights.some((each) => store.shown(each, 'onOff.on') === true);
  const flip = (): unknown =>
    setMany(lights, { 'onOff.on': !on }, `${room.name}: ${on ? t.rooms.turnOff : t.rooms.turnOn}`);
  return html`<div class="check">
    <span aria-hidden="true">${t.rooms.allLights}</span>${switchControl({ label: t.rooms.allLights, on, flip })}
  </div>`;
}

define('screen-room', RoomScreen);
