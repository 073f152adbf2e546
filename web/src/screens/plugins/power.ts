// A plugin's switch with all that stands in its way, and what can be done with the plugin as a whole.

import { html, nothing, type TemplateResult } from 'lit';
import type { PluginView } from '@lintel/protocol';
import { switchControl } from '../../elements/switch.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';
import { grants } from './plugin-facts.ts';

interface Power {
  readonly plugin: PluginView;
  readonly busy: boolean;
  /** Owners bring, update and take away. */
  readonly owns: boolean;
  readonly flip: () => unknown;
  readonly restart: () => unknown;
  readonly update: () => unknown;
  readonly rollBack: () => unknown;
}

function troubles({ health, status, listing }: PluginView): TemplateResult {
  return html`
    ${listing?.state === 'revoked' ? html`<p class="note error" role="alert">${th.plugins.revoked} ${listing.reason ?? ''}</p>` : nothing}
    ${health.message === null || health.message === health.lastError ? nothing : html`<p class="soft" dir="auto">${health.message}</p>`}
    ${
      health.lastError === null
        ? nothing
        : html`<div class=${status === 'running' ? 'note' : 'note error'}>
            <b>${th.plugins.lastError}</b>
            <p dir="auto">${health.lastError}</p>
          </div>`
    }
    ${
      status === 'quarantined'
        ? html`<div class="note">
            <b>${th.plugins.quarantine}</b>
            <p>${th.plugins.quarantineText}</p>
          </div>`
        : nothing
    }
  `;
}

export function power({ plugin, busy, owns, flip, restart, update, rollBack }: Power): TemplateResult {
  const brought = owns && plugin.source !== null;
  return html`<section class="card stack">
    <div class="sheet-power">
      <h2>${t.plugins.enabled}</h2>
      ${switchControl({ label: t.plugins.enabled, on: plugin.enabled, flip, busy })}
    </div>
    ${troubles(plugin)}
    ${
      plugin.enabled
        ? nothing
        : html`<div class="stack">
            <h3>${th.plugins.before}</h3>
            <p class="soft">${th.plugins.beforeText}</p>
            ${grants(plugin)}
            <p class="soft">${t.plugins.strength[plugin.sandbox.strength] ?? plugin.sandbox.strength}</p>
          </div>`
    }
    <div class="actions">
      ${
        plugin.enabled
          ? html`${
                plugin.pairing !== null
                  ? html`<a class="button" href="/pairing?plugin=${encodeURIComponent(plugin.id)}"
                      >${t.plugins.pair}</a
                    >`
                  : nothing
              } <button class="button" ?disabled=${busy} @click=${restart}>${t.plugins.restart}</button>`
          : nothing
      }
      ${
        brought && plugin.source?.startsWith('npm:')
          ? html`<button class="button" ?disabled=${busy} @click=${update}>${th.plugins.update}</button>`
          : nothing
      }
      ${
        brought && plugin.previousVersion !== null
          ? html`<button class="button" ?disabled=${busy} @click=${rollBack}>
              ${th.plugins.rollback(plugin.previousVersion)}
            </button>`
          : nothing
      }
    </div>
    ${brought ? html`<lintel-plugin-removal .plugin=${plugin}></lintel-plugin-removal>` : nothing}
  </section>`;
}
