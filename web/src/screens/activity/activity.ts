// What happened, newest first, with who or what made it.

import { html, nothing, type TemplateResult } from 'lit';
import type { Activity, Page } from '@lintel/protocol';
import { define, Screen } from '../../elements/base.ts';
import { emptyState } from '../../elements/empty.ts';
import { selectField } from '../../elements/field.ts';
import { byName, devicePath } from '../../readers/devices.ts';
import { clockTime } from '../../readers/format.ts';
import { router } from '../../router.ts';
import { get, problemOf } from '../../store/api.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';

const PAGE = 60;
const REFRESH_MS = 1_500;

class ActivityScreen extends Screen {
  static override properties = {
    ...Screen.properties,
    items: { state: true },
    next: { state: true },
    trouble: { state: true },
    device: { state: true },
  };
  declare items: readonly Activity[] | null;
  declare next: string | null;
  declare trouble: string | null;
  /** Only what happened to this device; empty for everything. */
  declare device: string;
  #stop: (() => void) | null = null;
  #soon: ReturnType<typeof setTimeout> | null = null;

  constructor() {
    super();
    this.items = null;
    this.next = null;
    this.trouble = null;
    this.device = new URLSearchParams(location.search).get('device') ?? '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load(null);
    this.#stop = store.listen(['all'], () => {
      this.#soon ??= setTimeout(() => void this.#refresh(), REFRESH_MS);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    if (this.#soon !== null) clearTimeout(this.#soon);
  }

  /** New entries come in at the top; older pages that were opened stay. */
  async #refresh(): Promise<void> {
    this.#soon = null;
    if (store.status === 'live') await this.#load(null, true);
  }

  async #load(after: string | null, fresh = false): Promise<void> {
    try {
      const { device } = this;
      const query = new URLSearchParams({
        limit: String(PAGE),
        ...(device !== '' && { device }),
        ...(after !== null && { after }),
      });
      const page = await get<Page<Activity>>(`/activity?${query}`);
      if (device !== this.device) return;
      const known = this.items ?? [];
      const first = known[0]?.sequence ?? -1;
      const newer = page.items.filter((each) => each.sequence > first);
      if (!fresh || this.items === null) {
        this.items = after === null ? page.items : [...known, ...page.items];
        this.next = page.next;
      } else if (newer.length > 0) this.items = newer.length === PAGE ? page.items : [...newer, ...known];
      this.trouble = null;
    } catch (error) {
      this.trouble = problemOf(error).detail;
    }
  }

  protected override render(): TemplateResult {
    router.title(t.activity.title, store.state.home?.name);
    return html`
      <div class="screen-head"><h1>${t.activity.title}</h1></div>
      <div class="card narrow filter">${this.#filter()}</div>
      ${this.trouble === null ? nothing : html`<p class="form-error" role="alert">${this.trouble}</p>`}
      ${this.items === null ? nothing : this.#days(this.items)}
      ${
        this.next === null
          ? nothing
          : html`<p><button class="button" @click=${() => this.#load(this.next)}>${t.activity.more}</button></p>`
      }
    `;
  }

  #filter(): TemplateResult {
    const devices = [...store.state.devices.values()]
      .toSorted(byName)
      .map(({ id, name }) => ({ value: id, label: name }));
    const pick = (device: string): void => {
      Object.assign(this, { device, items: null, next: null });
      router.go(device === '' ? '/activity' : `/activity?device=${encodeURIComponent(device)}`, { replace: true });
      void this.#load(null);
    };
    return selectField({
      id: 'activity-device',
      label: th.activity.device,
      value: this.device,
      choices: [{ value: '', label: th.activity.anyDevice }, ...devices],
      change: pick,
    });
  }

  #days(items: readonly Activity[]): TemplateResult {
    if (items.length === 0) return emptyState(t.activity.emptyTitle, t.activity.emptyText);
    const days = Map.groupBy(items, (each) => dayName(each.at));
    return html`<div class="narrow">
      ${[...days].map(
        ([day, entries]) =>
          html`<h2 class="timeline-day">${day}</h2>
            <ol class="rows">
              ${entries.map(entry)}
            </ol>`,
      )}
    </div>`;
  }
}

function dayName(iso: string): string {
  const day = new Date(iso);
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(day).setHours(0, 0, 0, 0)) / 86_400_000);
  if (days === 0) return t.activity.today;
  return days === 1
    ? t.activity.yesterday
    : day.toLocaleDateString(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
}

function who({ origin }: Activity): string {
  if (origin === null) return '';
  return t.activity.by(origin.name ?? t.activity.origins[origin.kind] ?? origin.kind);
}

function entry(item: Activity): TemplateResult {
  const { device } = item;
  const text =
    device !== undefined && store.device(device) !== undefined
      ? html`<a class="row-title cover" href=${devicePath(device)} dir="auto">${item.text}</a>`
      : html`<span class="row-title" dir="auto">${item.text}</span>`;
  return html`<li>
    <div class="row">
      <time class="timeline-time" datetime=${item.at}>${clockTime(item.at)}</time>
      <span class="row-text">${text}<span class="row-note" dir="auto">${who(item)}</span></span>
    </div>
  </li>`;
}

define('screen-activity', ActivityScreen);
