// Machines that run programs, with the time that is left; and vacuums, which go where they are sent.

import { html, nothing, type TemplateResult } from 'lit';
import type { Device } from '@lintel/model';
import { define, LightElement } from '../../elements/base.ts';
import { cssVariables } from '../../elements/css-variable.ts';
import { Tick } from '../../elements/tick.ts';
import { capability } from '../../readers/devices.ts';
import { areasOf, shareDone, timeLeft } from '../../readers/machines.ts';
import { commandDevice } from '../../store/actions.ts';
import { notices } from '../../store/notices.ts';
import { store } from '../../store/store.ts';
import { ts } from '../../strings/sheet.ts';
import { choices } from './choices.ts';

const words = ts.machine;
const SECOND_MS = 1000;

/** Commands that make sense in a state, the one people want first; a state that is not listed takes them all. */
const FITTING: Readonly<Record<string, readonly string[]>> = {
  'appliance.stopped': ['start'],
  'appliance.finished': ['start'],
  'appliance.delayed': ['start', 'stop'],
  'appliance.running': ['pause', 'stop'],
  'appliance.paused': ['resume', 'stop'],
  'vacuum.docked': ['start', 'locate'],
  'vacuum.cleaning': ['pause', 'dock', 'locate'],
  'vacuum.returning': ['start', 'pause', 'locate'],
  'vacuum.paused': ['start', 'dock', 'locate'],
  'vacuum.error': ['dock', 'locate'],
};

/** What a machine of this kind can be told now, in the order in which it is offered. */
function commandsNow(device: Device, kind: 'appliance' | 'vacuum', state: unknown): readonly string[] {
  const has = capability(device, kind)?.commands ?? [];
  return (FITTING[`${kind}.${String(state)}`] ?? has).filter((each) => has.includes(each));
}

async function tell(device: Device, command: string, args?: Record<string, unknown>): Promise<void> {
  const name = command.split('.')[1]!;
  if (await commandDevice(device, command, args)) notices.show(words.told(device.name, words.actions[name] ?? name));
}

function buttons(
  device: Device,
  kind: 'appliance' | 'vacuum',
  more?: (command: string) => Partial<Offer>,
): TemplateResult | typeof nothing {
  const offered = commandsNow(device, kind, store.shown(device, `${kind}.state`));
  if (offered.length === 0) return nothing;
  return html`<div class="actions">
    ${offered.map((each, at) => {
      const { label = words.actions[each] ?? each, args } = more?.(each) ?? {};
      return html`<button
        class="button ${at === 0 ? 'primary' : ''}"
        @click=${() => tell(device, `${kind}.${each}`, args)}
      >
        ${label}
      </button>`;
    })}
  </div>`;
}

interface Offer {
  readonly label: string;
  readonly args: Record<string, unknown>;
}

/** "42 min left", counting down, what it does, and how far it is. */
class Countdown extends LightElement {
  static override properties = { device: { attribute: false } };
  declare device: Device;

  constructor() {
    super();
    new Tick(this, SECOND_MS);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { device } = this;
    const at = store.shown(device, 'appliance.finishesAt');
    const left = timeLeft(at, Date.now());
    if (left === null || store.shown(device, 'appliance.state') !== 'running') return nothing;
    const phase = store.shown(device, 'appliance.phase') ?? nothing;
    const done = shareDone(device.properties['appliance.state']?.changedAt ?? null, at, Date.now());
    return html`<div class="remaining">
      <p class="remaining-time" role="timer">
        <time datetime=${String(at)}>${remaining(left)}</time><span class="soft small" dir="auto">${phase}</span>
      </p>
      ${
        done === null
          ? nothing
          : html`<div
              class="meter"
              role="progressbar"
              aria-label=${words.progress}
              aria-valuenow=${Math.round(done * 100)}
              aria-valuemin="0"
              aria-valuemax="100"
              style=${cssVariables({ '--share': `${done * 100}%` })}
            >
              <span></span>
            </div>`
      }
    </div>`;
  }
}

function remaining({ hours, minutes }: { readonly hours: number; readonly minutes: number }): string {
  if (hours === 0 && minutes === 0) return words.soon;
  return hours === 0 && minutes === 1 ? words.lastMinute : words.left(hours, minutes);
}

define('lintel-countdown', Countdown);

export function applianceControls(device: Device): unknown {
  const error = store.shown(device, 'appliance.error');
  return [
    typeof error === 'string' && error !== '' ? html`<p class="note error">${words.error(error)}</p>` : nothing,
    html`<lintel-countdown .device=${device}></lintel-countdown>`,
    buttons(device, 'appliance'),
    choices(device, 'appliance.program', words.program),
  ];
}

/** The areas to clean are chosen here and sent along with the start. */
class Vacuum extends LightElement {
  static override properties = { device: { attribute: false }, chosen: { state: true } };
  declare device: Device;
  declare chosen: readonly string[];

  constructor() {
    super();
    this.chosen = [];
  }

  #toggle(area: string): void {
    const without = this.chosen.filter((each) => each !== area);
    this.chosen = without.length < this.chosen.length ? without : [...without, area];
  }

  protected override render(): unknown {
    const { device } = this;
    const areas = areasOf(store.shown(device, 'vacuum.areas'));
    const chosen = areas.filter((each) => this.chosen.includes(each));
    const current = store.shown(device, 'vacuum.currentArea');
    const start = (command: string): Partial<Offer> =>
      command === 'start' && chosen.length > 0
        ? { label: words.startIn(chosen.join(', ')), args: { areas: chosen } }
        : {};
    return [
      typeof current === 'string' && current !== ''
        ? html`<p class="soft" dir="auto">${words.now(current)}</p>`
        : nothing,
      buttons(device, 'vacuum', start),
      areas.length < 2 ? nothing : this.#areas(areas),
      choices(device, 'vacuum.mode', words.mode),
    ];
  }

  #areas(areas: readonly string[]): TemplateResult {
    return html`<div class="labelled">
      <span class="label" id="vacuum-areas">${words.areas}</span>
      <div class="chips" role="group" aria-labelledby="vacuum-areas">
        ${areas.map(
          (area) =>
            html`<button
              class="chip"
              dir="auto"
              aria-pressed=${this.chosen.includes(area) ? 'true' : 'false'}
              @click=${() => this.#toggle(area)}
            >
              ${area}
            </button>`,
        )}
      </div>
      <p class="hint">${words.areasHint}</p>
    </div>`;
  }
}

define('lintel-vacuum', Vacuum);

export const vacuumControls = (device: Device): TemplateResult =>
  html`<lintel-vacuum class="stack" .device=${device}></lintel-vacuum>`;
