// What wants a look, in a few chips: alarms first, then what is open, unlocked or silent.

import { html, nothing, type TemplateResult } from 'lit';
import type { Device } from '@lintel/model';
import { devicePath, isLight, isOn, property } from '../../readers/devices.ts';
import { isAlert } from '../../readers/summary.ts';
import { t } from '../../strings/index.ts';

interface Highlight {
  readonly text: string;
  readonly tone: 'alert' | 'warn' | 'calm' | 'light';
  readonly path?: string;
}

const only = (devices: readonly Device[]): string => (devices.length === 1 ? devicePath(devices[0]!.id) : '/devices');

function collect(devices: readonly Device[]): Highlight[] {
  const alerts = devices.filter(isAlert);
  const unlocked = devices.filter((each) => property(each, 'lock.state') === 'unlocked');
  const open = devices.filter((each) => property(each, 'contact.open') === true);
  const silent = devices.filter((each) => !each.online);
  const lit = devices.filter((each) => isLight(each) && isOn(each));
  const found: Highlight[] = alerts.map((each) => ({ text: each.name, tone: 'alert', path: devicePath(each.id) }));
  if (unlocked.length > 0) found.push({ text: t.home.unlocked(unlocked.length), tone: 'warn', path: only(unlocked) });
  if (open.length > 0) found.push({ text: t.home.doorsOpen(open.length), tone: 'warn', path: only(open) });
  if (silent.length > 0) found.push({ text: t.home.offline(silent.length), tone: 'warn', path: only(silent) });
  if (lit.length > 0) found.push({ text: t.lightsOn(lit.length), tone: 'light' });
  return found;
}

export function highlights(devices: readonly Device[]): TemplateResult | typeof nothing {
  if (devices.length === 0) return nothing;
  const found = collect(devices);
  if (found.length === 0) return html`<p class="calm">${t.home.allCalm}</p>`;
  return html`<ul class="highlights">
    ${found.map(
      ({ text, tone, path }) =>
        html`<li>
          ${
            path === undefined
              ? html`<span class="chip ${tone}">${text}</span>`
              : html`<a class="chip ${tone}" href=${path} dir="auto">${text}</a>`
          }
        </li>`,
    )}
  </ul>`;
}
