// What talks to the devices: each plugin, how it fares, and its switch.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiPuzzle } from '@mdi/js';
import type { PluginView } from '@lintel/protocol';
import { define, Screen, Watch } from '../../elements/base.ts';
import { emptyState } from '../../elements/empty.ts';
import { icon } from '../../elements/icon.ts';
import { router } from '../../router.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';

class PluginsScreen extends Screen {
  constructor() {
    super();
    new Watch(this, ['plugins', 'devices']);
  }

  protected override render(): TemplateResult {
    router.title(t.plugins.title, store.state.home?.name);
    const plugins = [...store.state.plugins.values()].toSorted((a, b) => a.name.localeCompare(b.name));
    return html`
      <div class="screen-head">
        <h1>${t.plugins.title}</h1>
        <p class="lead">${t.plugins.lead}</p>
      </div>
      ${plugins.length === 0 ? (store.loaded ? emptyState(t.plugins.none, t.plugins.noneText) : nothing) : rows(plugins)}
    `;
  }
}

function rows(plugins: readonly PluginView[]): TemplateResult {
  return html`<ul class="rows narrow">
    ${plugins.map(
      (each) =>
        html`<li>
          <div class="row">
            ${icon(mdiPuzzle)}
            <span class="row-text">
              <a class="row-title cover" href="/plugins/${encodeURIComponent(each.id)}" dir="auto">${each.name}</a>
              <span class="row-note">${note(each)}</span>
            </span>
            ${statusChip(each)}
          </div>
        </li>`,
    )}
  </ul>`;
}

function note(plugin: PluginView): string {
  const count = [...store.state.devices.values()].filter((each) => each.plugin === plugin.id).length;
  return [t.plugins.version(plugin.version), count > 0 ? t.devices(count) : ''].filter(Boolean).join(' · ');
}

const TONES: Readonly<Record<string, string>> = {
  running: 'good',
  failed: 'alert',
  quarantined: 'alert',
  reconnecting: 'warn',
};

export const statusChip = ({ status }: PluginView): TemplateResult =>
  html`<span class="chip ${TONES[status] ?? ''}">${t.plugins.status[status] ?? status}</span>`;

define('screen-plugins', PluginsScreen);
