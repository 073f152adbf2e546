// How something came about: from what is asked about back to what began it.

import { html, nothing, type TemplateResult } from 'lit';
import type { Why } from '@lintel/protocol';
import { describe } from '../../readers/devices.ts';
import { ago, formatValue } from '../../readers/format.ts';
import { propertyLabel } from '../../readers/labels.ts';
import type { Names } from '../../readers/sentences.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';

type Link = Why['chain'][number];

function by({ origin, text }: Link): string {
  const name = origin.name ?? t.activity.origins[origin.kind] ?? origin.kind;
  return text.includes(name) ? '' : t.activity.by(name);
}

function link(each: Link, at: number, all: readonly Link[]): TemplateResult {
  const rule = each.origin.kind === 'automation' ? store.state.automations.get(each.origin.id ?? '') : undefined;
  const note = [by(each), ago(each.at, Date.now())].filter(Boolean).join(' · ');
  return html`<li>
    ${at > 0 && at === all.length - 1 ? html`<span class="soft small">${th.why.began}</span><br />` : nothing}
    <span class="row-title" dir="auto">
      ${rule === undefined ? each.text : html`<a href="/automations/${encodeURIComponent(rule.id)}">${each.text}</a>`}
    </span>
    <span class="row-note" dir="auto">${note}</span>
  </li>`;
}

type Reading = NonNullable<Why['condition']>['values'][number];
type People = Pick<Names, 'person' | 'schedule'>;

function propertyReading({ device: id = '', property = '', value }: Reading): [name: string, value: string] {
  const device = store.device(id);
  const unit = (device && describe(device, property)?.unit) ?? null;
  const name = device === undefined ? id : `${device.name}, ${propertyLabel(device, property)}`;
  return [name, formatValue(property, value, unit, store.state.home?.units ?? 'metric')];
}

function reading(of: Reading, names: People): [name: string, value: string] {
  const { kind, device: id = '', name = '', value } = of;
  const word = t.home.modes[String(value)] ?? formatValue('', value, null, 'metric');
  if (kind === undefined) return propertyReading(of);
  if (kind === 'online') return [store.device(id)?.name ?? id, th.why.reach[String(value)] ?? word];
  if (kind === 'mode') return [th.why.mode, word];
  if (kind === 'presence') return [names.person?.(name) ?? name, word];
  return [kind === 'schedule' ? (names.schedule?.(name) ?? name) : name, formatValue('', value, null, 'metric')];
}

/** The values that a condition read, as they were then. */
export function readings({ condition }: Why, names: People = {}): TemplateResult | typeof nothing {
  if (condition === undefined || condition.values.length === 0) return nothing;
  return html`<ul class="bullets">
    ${condition.values.map((each) => {
      const [name, value] = reading(each, names);
      return html`<li dir="auto">${th.why.was(name, each.value === null ? th.why.unknown : value)}</li>`;
    })}
  </ul>`;
}

export function chain(why: Why, stopped: string | null = null): TemplateResult {
  return html`
    ${stopped === null ? nothing : html`<p class="note" dir="auto">${th.why.stopped}: ${stopped}</p>`} ${readings(why)}
    ${
      why.chain.length === 0
        ? html`<p class="soft">${th.why.none}</p>`
        : html`<ol class="chain">
            ${why.chain.map(link)}
          </ol>`
    }
  `;
}
