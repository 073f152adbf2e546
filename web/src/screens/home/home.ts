// The first screen: the home by room, live.

import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Device, Room } from '@lintel/model';
import { define, Screen, Watch } from '../../elements/base.ts';
import { emptyState } from '../../elements/empty.ts';
import '../../elements/tile.ts';
import { byUse, isLight, isOn, isSettable } from '../../readers/devices.ts';
import { isAtLeast } from '../../readers/roles.ts';
import { roomText } from '../../readers/summary.ts';
import { setMany, setMode } from '../../store/actions.ts';
import { store } from '../../store/store.ts';
import { mayOpen, router } from '../../router.ts';
import { t } from '../../strings/index.ts';
import { highlights } from './highlights.ts';

const MODES = ['home', 'away', 'night', 'vacation'];
const ROOM_TEXT_MS = 250;
/** About what a phone shows at once; the rest follows once these are live, so that the first tiles do not wait for the last. */
const FIRST_TILES = 8;

let isFirstVisit = true;

class HomeScreen extends Screen {
  #soon: ReturnType<typeof setTimeout> | null = null;
  #stop: (() => void) | null = null;
  #tiles = isFirstVisit ? FIRST_TILES : Infinity;

  constructor() {
    super();
    new Watch(this, ['home', 'rooms', 'devices', 'plugins', 'status']);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = store.listen(['all'], () => this.#later());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    if (this.#soon !== null) clearTimeout(this.#soon);
  }

  /** Tiles follow each change by themselves; the sums over many devices are drawn a few times a second at most. */
  #later(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = null;
      this.requestUpdate();
    }, ROOM_TEXT_MS);
  }

  protected override updated(): void {
    if (!store.loaded || store.status === 'connecting' || this.#tiles === Infinity) return;
    this.#tiles = Infinity;
    isFirstVisit = false;
    requestAnimationFrame(() => setTimeout(() => this.requestUpdate()));
  }

  protected override render(): TemplateResult {
    const { home } = store.state;
    if (!store.loaded || home === null) return waiting();
    router.title(home.name, home.name);
    const devices = [...store.state.devices.values()];
    return html`
      <header class="home-head">
        <p class="overline">${t.home.greeting(hourIn(home.timeZone))}</p>
        <h1 dir="auto">${home.name}</h1>
        ${highlights(devices)} ${isAtLeast(store.state.user, 'resident') ? modes(home.mode) : nothing}
      </header>
      ${devices.length === 0 ? nothingYet() : this.#rooms(devices)}
    `;
  }

  #rooms(devices: readonly Device[]): TemplateResult {
    const byRoom = Map.groupBy(devices, (each) =>
      each.room !== null && store.state.rooms.has(each.room) ? each.room : '',
    );
    const rooms = store.rooms().filter((room) => byRoom.has(room.id));
    const unplaced = byRoom.get('') ?? [];
    let left = this.#tiles;
    const take = (inside: readonly Device[]): readonly Device[] => {
      const taken = inside.toSorted(byUse).slice(0, left);
      left -= taken.length;
      return taken;
    };
    return html`<div class="rooms">
      ${repeat(
        rooms,
        (room) => room.id,
        (room) => roomSection(room, byRoom.get(room.id) ?? [], take),
      )}
      ${unplaced.length > 0 ? roomSection(null, unplaced, take) : nothing}
    </div>`;
  }
}

function hourIn(timeZone: string): number {
  const text = new Date().toLocaleString('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone });
  return Number(text);
}

function waiting(): TemplateResult {
  return html`<h1 class="hidden">${t.nav.home}</h1>
    <div class="waiting" aria-hidden="true">${[1, 2, 3, 4, 5, 6].map(() => html`<span class="ghost"></span>`)}</div>`;
}

function nothingYet(): TemplateResult {
  return emptyState(
    t.home.emptyTitle,
    t.home.emptyText,
    mayOpen('/pairing') ? html`<a class="button primary" href="/pairing">${t.home.addDevice}</a>` : undefined,
  );
}

function modes(mode: string): TemplateResult {
  const all = MODES.includes(mode) ? MODES : [...MODES, mode];
  return html`<div class="segments" role="radiogroup" aria-label=${t.home.modeLabel}>
    ${all.map(
      (each) =>
        html`<label class="segment">
          <input type="radio" name="mode" .checked=${each === mode} value=${each} @change=${() => setMode(each)} />
          <span>${t.home.modes[each] ?? each}</span>
        </label>`,
    )}
  </div>`;
}

type Take = (devices: readonly Device[]) => readonly Device[];

function roomSection(room: Room | null, devices: readonly Device[], take: Take): TemplateResult | typeof nothing {
  const units = store.state.home?.units ?? 'metric';
  const sorted = take(devices);
  if (sorted.length === 0) return nothing;
  const lit = devices.filter((each) => isLight(each) && isOn(each) && isSettable(each, 'onOff.on'));
  const off = (): unknown => setMany(lit, { 'onOff.on': false }, t.home.lightsOff(room?.name ?? t.home.unplaced));
  return html`<section class="room">
    <div class="room-head">
      <h2 dir="auto">
        ${room === null ? t.home.unplaced : html`<a href="/rooms/${encodeURIComponent(room.id)}">${room.name}</a>`}
      </h2>
      <p class="room-text">${roomText(devices, units)}</p>
      ${
        lit.length > 0 && room !== null
          ? html`<button class="quiet" @click=${off}>${t.home.allOff}<span class="hidden"> ${room.name}</span></button>`
          : nothing
      }
    </div>
    <div class="tiles">
      ${repeat(
        sorted,
        (device) => device.id,
        (device) => html`<lintel-tile .device=${device.id}></lintel-tile>`,
      )}
    </div>
  </section>`;
}

define('screen-home', HomeScreen);
