// What Lintel itself takes: its memory, and that of each plugin.

import { html, nothing, type TemplateResult } from 'lit';
import type { PluginView } from '@lintel/protocol';
import { number } from '../../readers/format.ts';
import { store } from '../../store/store.ts';
import { t } from '../../strings/index.ts';
import { statusChip } from '../plugins/status-chip.ts';

const MEBIBYTE = 1024 * 1024;
const RESIDENT = /^process_resident_memory_bytes(?:\{[^}]*\})? (\S+)$/m;

/** The hub's own resident memory in bytes, or null where it does not tell. */
export async function hubMemory(): Promise<number | null> {
  try {
    const answer = await fetch('/metrics');
    const bytes = answer.ok ? Number(RESIDENT.exec(await answer.text())?.[1]) : Number.NaN;
    return Number.isNaN(bytes) ? null : bytes;
  } catch {
    return null;
  }
}

export const mebibytes = (bytes: number): string => `${number(bytes / MEBIBYTE, 0)} MiB`;

/** Each plugin with its state, the hungriest first. */
export function pluginFigures(): TemplateResult | typeof nothing {
  const plugins = [...store.state.plugins.values()].toSorted((a, b) => (b.health.memory ?? 0) - (a.health.memory ?? 0));
  if (plugins.length === 0) return nothing;
  return html`<section aria-labelledby="system-plugins">
    <h2 class="floor" id="system-plugins">${t.more.plugins}</h2>
    <ul class="rows">
      ${plugins.map((each) => html`<li>${row(each)}</li>`)}
    </ul>
  </section>`;
}

function row(plugin: PluginView): TemplateResult {
  const { id, name, version, health } = plugin;
  return html`<div class="row">
    <span class="row-text">
      <a class="row-title cover" href="/plugins/${encodeURIComponent(id)}" dir="auto">${name}</a>
      <span class="row-note">${version}${health.memory === null ? nothing : ` · ${mebibytes(health.memory)}`}</span>
    </span>
    ${statusChip(plugin)}
  </div>`;
}
