// A player: what is on and how far, back, on and forward, and a volume that never passes the limit of this home.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiPause, mdiPlay, mdiSkipNext, mdiSkipPrevious } from '@mdi/js';
import type { Device } from '@lintel/model';
import { define, LightElement } from '../../elements/base.ts';
import { icon } from '../../elements/icon.ts';
import { Tick } from '../../elements/tick.ts';
import { capability, describe, has, isSettable } from '../../readers/devices.ts';
import { percent } from '../../readers/format.ts';
import { playTime, positionNow } from '../../readers/machines.ts';
import { isAtLeast } from '../../readers/roles.ts';
import { change, commandDevice } from '../../store/actions.ts';
import { patch } from '../../store/api.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';
import { ts } from '../../strings/sheet.ts';
import { choices } from './choices.ts';
import { propertySlider } from './property-slider.ts';

const words = ts.media;
const SECOND_MS = 1000;
const SEEK_KEY_SECONDS = 10;
const LIMIT_STEP = 5;

const pieceOf = (device: Device): string => {
  const title = store.shown(device, 'media.title');
  return typeof title === 'string' ? title : '';
};

/** Whether the player itself says what is on, so that the line of its state would only repeat it. */
export const saysPiece = (device: Device): boolean => has(device, 'media') && pieceOf(device) !== '';

/** Buttons, the piece, and where in it; the position is told on a jump only, so the page counts on by itself. */
class Player extends LightElement {
  static override properties = { device: { attribute: false } };
  declare device: Device;

  constructor() {
    super();
    new Tick(this, SECOND_MS);
  }

  protected override render(): unknown {
    const { device } = this;
    const [title, artist] = [pieceOf(device), store.shown(device, 'media.artist')];
    return [
      title !== ''
        ? html`<p class="playing">
            <b dir="auto">${title}</b>
            ${typeof artist === 'string' && artist !== '' ? html`<span class="soft" dir="auto">${artist}</span>` : nothing}
          </p>`
        : nothing,
      this.#position(),
      this.#buttons(),
    ];
  }

  #position(): TemplateResult | typeof nothing {
    const { device } = this;
    const [position, duration] = [store.shown(device, 'media.position'), store.shown(device, 'media.duration')];
    if (typeof position !== 'number' || typeof duration !== 'number' || duration <= 0) return nothing;
    const playing = store.shown(device, 'media.playback') === 'playing';
    const told = device.properties['media.position']?.reportedAt ?? null;
    const at = positionNow(position, told, playing, duration, Date.now());
    const seek = (event: CustomEvent<number>): unknown =>
      commandDevice(device, 'media.seek', { position: event.detail });
    if (capability(device, 'media')?.commands.includes('seek') !== true)
      return html`<p class="soft small">${playTime(at)} / ${playTime(duration)}</p>`;
    return html`<lintel-slider
      .label=${words.position}
      .value=${Math.round(at)}
      .min=${0}
      .max=${Math.ceil(duration)}
      .step=${1}
      .keyStep=${SEEK_KEY_SECONDS}
      .text=${(shown: number) => `${playTime(shown)} / ${playTime(duration)}`}
      @choose=${seek}
    ></lintel-slider>`;
  }

  #buttons(): TemplateResult {
    const has = capability(this.device, 'media')?.commands ?? [];
    const playing = store.shown(this.device, 'media.playback') === 'playing';
    const round = (command: string, label: string, path: string, primary = false): TemplateResult | typeof nothing =>
      has.includes(command)
        ? html`<button
            class="round-button ${primary ? 'primary' : ''}"
            aria-label=${label}
            @click=${() => commandDevice(this.device, `media.${command}`)}
          >
            ${icon(path, primary ? 32 : 26)}
          </button>`
        : nothing;
    return html`<div class="transport">
      ${round('previous', words.previous, mdiSkipPrevious)}
      ${playing ? round('pause', t.sheet.pause, mdiPause, true) : round('play', t.sheet.play, mdiPlay, true)}
      ${round('next', words.next, mdiSkipNext)}
    </div>`;
  }
}

define('lintel-player', Player);

export function mediaControls(device: Device): unknown {
  return [
    html`<lintel-player class="stack" .device=${device}></lintel-player>`,
    isSettable(device, 'media.volume') ? volume(device) : nothing,
    choices(device, 'media.source', words.source),
    isSettable(device, 'media.volume') && isAtLeast(store.state.user, 'admin') ? limit(device) : nothing,
  ];
}

/** What the hub describes as the most ends the slider, so that it cannot be drawn beyond the limit. */
function volume(device: Device): TemplateResult {
  const most = Math.max(1, Math.round((describe(device, 'media.volume')?.max ?? 1) * 100));
  return propertySlider({
    device,
    key: 'media.volume',
    label: t.sheet.volume,
    min: 0,
    max: most,
    keyStep: Math.min(5, most),
    show: (value) => Math.min(most, Math.round(value * 100)),
    read: (shown) => shown / 100,
    text: (shown) => percent(shown / 100),
  });
}

/** The loudest that this home allows; all the way up is no limit. */
function limit(device: Device): TemplateResult {
  const set = device.settings['volumeLimit'];
  const now = typeof set === 'number' ? Math.round(set * 100) : 100;
  const text = (shown: number): string => (shown >= 100 ? words.noLimit : percent(shown / 100));
  const save = (value: number | null) => () =>
    patch(`/devices/${encodeURIComponent(device.id)}`, { settings: { volumeLimit: value } });
  const asLimit = (shown: number): number | null => (shown >= 100 ? null : shown / 100);
  const choose = (event: CustomEvent<number>): unknown =>
    change(save(asLimit(event.detail)), words.limited(device.name, percent(event.detail / 100)), save(asLimit(now)));
  return html`<details>
    <summary>${words.limit}<span class="soft summary-value">${text(now)}</span></summary>
    <p class="hint">${words.limitText}</p>
    <lintel-slider
      .label=${words.limit}
      .value=${now}
      .min=${LIMIT_STEP}
      .max=${100}
      .step=${LIMIT_STEP}
      .keyStep=${LIMIT_STEP}
      .text=${text}
      @choose=${choose}
    ></lintel-slider>
  </details>`;
}
