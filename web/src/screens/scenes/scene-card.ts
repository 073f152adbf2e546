// One scene: its button, and what it sets.

import { html, nothing, type TemplateResult } from 'lit';
import { mdiClose, mdiPalette } from '@mdi/js';
import type { Scene } from '@lintel/model';
import { textField } from '../../elements/field.ts';
import { icon } from '../../elements/icon.ts';
import { describe } from '../../readers/devices.ts';
import { isDuration, normaliseDuration } from '../../readers/durations.ts';
import { formatValue } from '../../readers/format.ts';
import { propertyLabel } from '../../readers/labels.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';

interface SceneCard {
  readonly open: boolean;
  readonly turn: () => void;
  readonly recall: () => unknown;
  readonly change: (part: Partial<Scene>) => unknown;
  readonly remove: () => unknown;
}

type Target = Scene['targets'][number];

function targetText({ device: id, values }: Target): string {
  const units = store.state.home?.units ?? 'metric';
  const device = store.device(id);
  const parts = Object.entries(values).map(([key, value]) => {
    const unit = (device && describe(device, key)?.unit) ?? null;
    const name = device === undefined ? t.propertyName(key) : propertyLabel(device, key);
    return key === 'onOff.on'
      ? formatValue(key, value, unit, units)
      : `${name} ${formatValue(key, value, unit, units)}`;
  });
  return parts.join(' · ');
}

/** Changes only when the field is left or Enter is pressed: each change is a new version of the scene. */
const onCommit = (run: (typed: string) => void) => (event: Event) =>
  run((event.target as HTMLInputElement).value.trim());

function inside(scene: Scene, { change, remove }: SceneCard): TemplateResult {
  const rename = onCommit((name) => {
    if (name !== '' && name !== scene.name) change({ name });
  });
  const fade = onCommit((typed) => {
    const transition = normaliseDuration(typed === '' ? '0s' : typed);
    if (isDuration(transition) && transition !== (scene.transition ?? '0s')) change({ transition });
  });
  const takeOut = (device: string) => (): unknown =>
    change({ targets: scene.targets.filter((each) => each.device !== device) });
  return html`<div class="form scene-inside">
    <div class="fields">
      <div @change=${rename}>
        ${textField({ id: `scene-${scene.id}-name`, label: th.name, value: scene.name, input: () => {} })}
      </div>
      <div @change=${fade}>
        ${textField({ id: `scene-${scene.id}-fade`, label: th.scenes.transition, value: scene.transition ?? '', input: () => {}, placeholder: '2s' })}
      </div>
    </div>
    <h3>${th.scenes.inside}</h3>
    <ul>
      ${scene.targets.map((target) => {
        const name = store.device(target.device)?.name ?? target.device;
        return html`<li class="scene-target">
          <span class="row-text">
            <span class="row-title" dir="auto">${name}</span>
            <span class="row-note" dir="auto">${targetText(target)}</span>
          </span>
          <button type="button" class="round-button bare" @click=${takeOut(target.device)}>
            ${icon(mdiClose, 20)}<span class="hidden">${th.scenes.takeOut(name)}</span>
          </button>
        </li>`;
      })}
    </ul>
    <div>
      <button type="button" class="quiet danger" @click=${remove}>
        ${th.delete}<span class="hidden"> ${scene.name}</span>
      </button>
    </div>
  </div>`;
}

export function sceneCard(scene: Scene, card: SceneCard): TemplateResult {
  return html`<li class="card scene-card">
    <div class="scene-head">
      ${icon(mdiPalette)}
      <div class="row-text">
        <h2 dir="auto">${scene.name}</h2>
        <span class="row-note">${t.devices(scene.targets.length)}</span>
      </div>
    </div>
    <div class="actions">
      <button class="button primary" @click=${card.recall}>
        ${th.scenes.recall}<span class="hidden"> ${scene.name}</span>
      </button>
      <button class="quiet" aria-expanded=${card.open ? 'true' : 'false'} @click=${card.turn}>
        ${th.edit}<span class="hidden"> ${scene.name}</span>
      </button>
    </div>
    ${card.open ? inside(scene, card) : nothing}
  </li>`;
}
