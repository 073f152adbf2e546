// The state of a plugin in a word, in the colour of how urgent it is.

import { html, type TemplateResult } from 'lit';
import type { PluginView } from '@lintel/protocol';
import { t } from '../../strings/index.ts';

const TONES: Readonly<Record<string, string>> = {
  running: 'good',
  failed: 'alert',
  quarantined: 'alert',
  reconnecting: 'warn',
};

export const statusChip = ({ status }: PluginView): TemplateResult =>
  html`<span class="chip ${TONES[status] ?? ''}">${t.plugins.status[status] ?? status}</span>`;
