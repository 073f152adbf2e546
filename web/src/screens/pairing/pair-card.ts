// One device on its way in: where it is, what went wrong, and once it is ready its name and room.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { mdiAlertCircleOutline, mdiCheckCircle, mdiProgressClock } from '@mdi/js';
import type { Device, Room } from '@lintel/model';
import type { PairingEntry } from '@lintel/protocol';
import { define, LightElement, Watch } from '../../elements/base.ts';
import { selectField, textField } from '../../elements/field.ts';
import { icon } from '../../elements/icon.ts';
import { attempt, moveDevice, renameDevice } from '../../store/actions.ts';
import { post } from '../../store/api.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';

const RENAME_AFTER_MS = 700;
const NEW_ROOM = '+';

export const isBroken = ({ step }: PairingEntry): boolean => step === 'failed' || step === 'refused';

/** Where a device on its way in is; one that is in says so, whatever it calls itself. */
export const stepWords = ({ step, message, error }: PairingEntry): string =>
  error?.detail ?? (step === 'ready' ? undefined : message) ?? t.pairing.steps[step] ?? step;

export class PairCard extends LightElement {
  static override properties = { entry: { attribute: false }, draft: { state: true }, newRoom: { state: true } };
  declare entry: PairingEntry;
  declare draft: string | null;
  declare newRoom: string | null;
  readonly #watch = new Watch(this, ['rooms', 'devices']);
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** The name on its way to the hub. */
  #asked: string | null = null;
  #kept: Promise<unknown> = Promise.resolve();

  constructor() {
    super();
    this.draft = null;
    this.newRoom = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    void this.keep();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { device } = this.entry;
    if (changed.has('entry') && device !== undefined) this.#watch.retarget(['rooms', 'devices', `device:${device}`]);
  }

  get #device(): Device | undefined {
    return this.entry.device === undefined ? undefined : store.device(this.entry.device);
  }

  /** The name is kept as it is typed: whoever walks away has still named the lamp. */
  #type(name: string): void {
    this.draft = name;
    this.#untime();
    this.#timer = setTimeout(() => void this.keep(), RENAME_AFTER_MS);
  }

  #untime(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Resolves when the hub has answered to the name that was typed. */
  keep(): Promise<unknown> {
    this.#untime();
    const [device, name] = [this.#device, this.draft?.trim() ?? ''];
    const known = this.#asked ?? device?.name;
    if (device === undefined || name === '' || name === known) return this.#kept;
    this.#asked = name;
    this.#kept = this.#kept.then(async () => {
      await renameDevice(device, name);
      if (this.#asked === name) this.#asked = null;
    });
    return this.#kept;
  }

  async #choose(room: string): Promise<void> {
    const device = this.#device;
    if (room === NEW_ROOM) this.newRoom = '';
    else if (device !== undefined) await moveDevice(device, room === '' ? null : room);
  }

  async #addRoom(): Promise<void> {
    const [device, name] = [this.#device, this.newRoom?.trim() ?? ''];
    if (device === undefined || name === '') return;
    await attempt(async () => {
      const room = await post<Room>('/rooms', { name });
      store.state.rooms.set(room.id, room);
      this.newRoom = null;
      await moveDevice(device, room.id);
    });
  }

  protected override render(): TemplateResult {
    const { step } = this.entry;
    const device = this.#device;
    const broken = isBroken(this.entry);
    const picture = broken ? mdiAlertCircleOutline : step === 'ready' ? mdiCheckCircle : mdiProgressClock;
    return html`
      <h2 dir="auto">${device?.name ?? t.pairing.unnamed}</h2>
      <p class="pair-step ${broken ? 'note error' : ''}">
        ${icon(picture, 22)} <span dir="auto">${stepWords(this.entry)}</span>
      </p>
      ${device === undefined ? nothing : this.#form(device)}
    `;
  }

  #form(device: Device): TemplateResult {
    const id = device.id.replaceAll(/[^\w-]/g, '-');
    const rooms = store.rooms().map((room) => ({ value: room.id, label: room.name }));
    const choices = [{ value: '', label: t.sheet.noRoom }, ...rooms, { value: NEW_ROOM, label: t.sheet.newRoom }];
    return html`<div class="fields">
      ${textField({ id: `name-${id}`, label: t.pairing.name, value: this.draft ?? device.name, input: (name) => this.#type(name), change: () => void this.keep() })}
      ${selectField({
        id: `room-${id}`,
        label: t.pairing.room,
        value: this.newRoom === null ? (device.room ?? '') : NEW_ROOM,
        choices,
        change: (room) => void this.#choose(room),
      })}
      ${
        this.newRoom === null
          ? nothing
          : html`${textField({ id: `new-${id}`, label: t.sheet.newRoomName, value: this.newRoom, input: (name) => (this.newRoom = name) })}
              <button class="button" @click=${this.#addRoom}>${t.rooms.add}</button>`
      }
    </div>`;
  }
}

define('lintel-pair-card', PairCard);
