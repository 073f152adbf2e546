// How a plugin fares, what it may do, and how well this machine fences it in, in words.

import { html, nothing, type TemplateResult } from 'lit';
import type { PluginView } from '@lintel/protocol';
import { ago, number, percent } from '../../readers/format.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';

const MEBIBYTE = 2 ** 20;

const fact = (name: string, value: string): TemplateResult =>
  html`<div class="fact">
    <dt>${name}</dt>
    <dd dir="auto">${value}</dd>
  </div>`;

const list = (items: readonly string[]): TemplateResult =>
  html`<ul class="bullets">
    ${items.map((each) => html`<li dir="auto">${each}</li>`)}
  </ul>`;

/** What it may do, a sentence each; the hub writes them for the machine it runs on. */
export const grants = ({ grants: all }: PluginView): TemplateResult =>
  all.length === 0 ? html`<p>${th.plugins.noGrants}</p>` : list(all);

function health({ health: { since, memory, cpu, restarts }, version }: PluginView): TemplateResult {
  return html`<section class="card">
    <h2>${t.plugins.health}</h2>
    <dl class="facts">
      ${fact(t.system.version, version)} ${since === null ? nothing : fact(t.plugins.since, ago(since, Date.now()))}
      ${memory === null ? nothing : fact(t.plugins.memory, `${number(memory / MEBIBYTE)} MiB`)}
      ${cpu === null ? nothing : fact(t.plugins.cpu, percent(cpu))} ${fact(t.plugins.restarts, String(restarts))}
    </dl>
  </section>`;
}

function fence({ sandbox }: PluginView): TemplateResult {
  const { strength, layers, open } = sandbox;
  const by = new Intl.ListFormat('en', { type: 'conjunction' }).format(
    layers.map((each) => th.plugins.layers[each] ?? each),
  );
  return html`<section class="card stack">
    <h2>${t.plugins.fence}</h2>
    <p>${t.plugins.strength[strength] ?? strength} ${layers.length === 0 ? nothing : th.plugins.by(by)}</p>
    ${
      open.length === 0
        ? html`<p class="soft">${th.plugins.closesAll}</p>`
        : html`<div>
            <h3>${th.plugins.openTitle}</h3>
            ${list(open.map((each) => th.plugins.open[each] ?? each))}
            <p class="soft small">${th.plugins.openHint}</p>
          </div>`
    }
  </section>`;
}

function origin({ source, listing }: PluginView): TemplateResult {
  const known = listing === undefined ? '' : listing.state === 'revoked' ? '' : th.plugins[listing.state];
  return html`${source === null ? nothing : html`<p dir="auto">${th.plugins.from(source.replace(/^(npm|file):/, ''))}</p>`}
  ${source?.startsWith('file:') ? html`<p class="soft">${th.plugins.folder}</p>` : nothing}
  ${known === '' ? nothing : html`<p class="soft">${known}</p>`}`;
}

function quality(plugin: PluginView): TemplateResult {
  const level = plugin.quality ?? null;
  return html`<section class="card stack">
    <div class="sheet-power">
      <h2>${th.plugins.qualityTitle}</h2>
      <span class="chip ${level === null ? '' : 'good'}"
        >${level === null ? th.plugins.unrated : th.plugins.quality[level]}</span
      >
    </div>
    <p>${level === null ? th.plugins.unratedText : th.plugins.qualityText[level]}</p>
    ${level === null ? nothing : html`<p class="soft">${th.plugins.qualityBy[plugin.source === null ? 'included' : 'author']}</p>`}
    ${origin(plugin)}
  </section>`;
}

export function pluginFacts(plugin: PluginView): TemplateResult {
  return html`
    ${health(plugin)}
    ${
      plugin.enabled
        ? html`<section class="card stack">
            <h2>${th.plugins.running}</h2>
            ${grants(plugin)}
          </section>`
        : nothing
    }
    ${fence(plugin)} ${quality(plugin)}
  `;
}
