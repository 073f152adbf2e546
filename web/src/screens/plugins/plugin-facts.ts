// How a plugin fares and how well this machine fences it in, in words.

import { html, nothing, type TemplateResult } from 'lit';
import type { PluginView } from '@lintel/protocol';
import { ago, number, percent } from '../../readers/format.ts';
import { t } from '../../strings/index.ts';

const MEBIBYTE = 2 ** 20;

const fact = (name: string, value: string): TemplateResult =>
  html`<div class="fact">
    <dt>${name}</dt>
    <dd dir="auto">${value}</dd>
  </div>`;

function permissionWords(permissions: PluginView['permissions']): string[] {
  const words = Object.entries(permissions).flatMap(([name, value]) => {
    const granted = value === true || (Array.isArray(value) && value.length > 0);
    if (!granted) return [];
    const known = t.plugins.permissions[name] ?? t.humanise(name);
    return [Array.isArray(value) ? `${known}: ${value.join(', ')}` : known];
  });
  return words.length === 0 ? [t.plugins.permissionsNone] : words;
}

export function pluginFacts(plugin: PluginView): TemplateResult {
  const { health, sandbox } = plugin;
  return html`
    <section class="card">
      <h2>${t.plugins.health}</h2>
      <dl class="facts">
        ${fact(t.system.version, plugin.version)}
        ${health.since === null ? nothing : fact(t.plugins.since, ago(health.since, Date.now()))}
        ${health.memory === null ? nothing : fact(t.plugins.memory, `${number(health.memory / MEBIBYTE)} MiB`)}
        ${health.cpu === null ? nothing : fact(t.plugins.cpu, percent(health.cpu))}
        ${fact(t.plugins.restarts, String(health.restarts))}
      </dl>
    </section>
    <section class="card stack">
      <h2>${t.plugins.may}</h2>
      <ul class="stack">
        ${permissionWords(plugin.permissions).map((each) => html`<li dir="auto">${each}</li>`)}
      </ul>
    </section>
    <section class="card stack">
      <h2>${t.plugins.fence}</h2>
      <p>${t.plugins.strength[sandbox.strength] ?? sandbox.strength}</p>
      ${
        sandbox.open.length === 0
          ? nothing
          : html`<p class="soft">
              ${t.plugins.leavesOpen(sandbox.open.map((each) => t.plugins.open[each] ?? each).join(', '))}
            </p>`
      }
    </section>
  `;
}
