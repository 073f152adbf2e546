// A device's name and room, and its removal from the home.

import { html, nothing, type TemplateResult } from 'lit';
import type { Device, Room } from '@lintel/model';
import { define, LightElement } from '../../elements/base.ts';
import { selectField, textField } from '../../elements/field.ts';
import { router } from '../../router.ts';
import { attempt, moveDevice, renameDevice } from '../../store/actions.ts';
import { ApiError, post, remove } from '../../store/api.ts';
import { notices } from '../../store/notices.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';

const NEW_ROOM = '+';

class DevicePlace extends LightElement {
  static override properties = { device: { attribute: false }, draft: { state: true }, newRoom: { state: true } };
  declare device: Device;
  declare draft: string | null;
  declare newRoom: string | null;

  constructor() {
    super();
    this.draft = null;
    this.newRoom = null;
  }

  async #rename(event: Event): Promise<void> {
    event.preventDefault();
    const name = this.draft?.trim() ?? '';
    if (name !== '' && name !== this.device.name && !(await renameDevice(this.device, name))) return;
    this.draft = null;
  }

  #choose(room: string): void {
    if (room === NEW_ROOM) this.newRoom = '';
    else void moveDevice(this.device, room === '' ? null : room);
  }

  async #addRoom(event: Event): Promise<void> {
    event.preventDefault();
    const name = this.newRoom?.trim() ?? '';
    if (name === '') return;
    await attempt(async () => {
      const room = await post<Room>('/rooms', { name });
      store.state.rooms.set(room.id, room);
      await moveDevice(this.device, room.id);
      this.newRoom = null;
    });
  }

  protected override render(): TemplateResult {
    const rooms = store.rooms().map((room) => ({ value: room.id, label: room.name }));
    const choices = [{ value: '', label: t.sheet.noRoom }, ...rooms, { value: NEW_ROOM, label: t.sheet.newRoom }];
    return html`<div class="form">
      <form class="form" @submit=${this.#rename}>
        ${textField({
          id: 'device-name',
          label: t.sheet.name,
          value: this.draft ?? this.device.name,
          input: (value) => (this.draft = value),
        })}
        ${
          this.draft !== null && this.draft !== this.device.name
            ? html`<button class="button primary">${t.save}</button>`
            : nothing
        }
      </form>
      ${selectField({
        id: 'device-room',
        label: t.sheet.room,
        value: this.newRoom === null ? (this.device.room ?? '') : NEW_ROOM,
        choices,
        change: (room) => this.#choose(room),
      })}
      ${this.newRoom === null ? nothing : this.#roomForm(this.newRoom)}
    </div>`;
  }

  #roomForm(value: string): TemplateResult {
    return html`<form class="form" @submit=${this.#addRoom}>
      ${textField({ id: 'new-room', label: t.sheet.newRoomName, value, input: (text) => (this.newRoom = text) })}
      <div class="actions">
        <button class="button primary">${t.rooms.add}</button>
        <button class="button" type="button" @click=${() => (this.newRoom = null)}>${t.cancel}</button>
      </div>
    </form>`;
  }
}

class DeviceRemoval extends LightElement {
  static override properties = { device: { attribute: false }, sure: { state: true }, uses: { state: true } };
  declare device: Device;
  declare sure: boolean;
  declare uses: string;

  constructor() {
    super();
    this.sure = false;
    this.uses = '';
  }

  async #remove(): Promise<void> {
    const { id, name } = this.device;
    try {
      await remove(`/devices/${encodeURIComponent(id)}${this.uses === '' ? '' : '?force=true'}`);
      router.back('/devices');
      notices.show(t.sheet.removed(name));
    } catch (error) {
      if (!(error instanceof ApiError) || error.problem.code !== 'IN_USE') {
        notices.show(error instanceof Error ? error.message : String(error), { tone: 'error' });
        return;
      }
      this.uses = error.problem.detail;
    }
  }

  protected override render(): TemplateResult {
    if (!this.sure) {
      return html`<button class="quiet danger" @click=${() => (this.sure = true)}>${t.sheet.removeDevice}</button>`;
    }
    return html`<div class="stack" role="alert">
      <p>${t.sheet.removeSure(this.device.name)} ${this.uses}</p>
      <div class="actions">
        <button class="button danger" @click=${this.#remove}>${t.remove}</button>
        <button class="button" @click=${() => (this.sure = false)}>${t.cancel}</button>
      </div>
    </div>`;
  }
}

define('lintel-device-place', DevicePlace);
define('lintel-device-removal', DeviceRemoval);
