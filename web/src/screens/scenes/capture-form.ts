// The form that makes a scene of how things are now.

import { html, nothing, type TemplateResult } from 'lit';
import type { Device } from '@lintel/model';
import { chips } from '../../elements/chips.ts';
import { selectField, textField } from '../../elements/field.ts';
import { byUse } from '../../readers/devices.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';

export const EVERYWHERE = '*';
export const CHOSEN = '?';

export interface Capture {
  readonly name: string;
  /** A room's id, {@link EVERYWHERE} or {@link CHOSEN}. */
  readonly where: string;
  readonly devices: readonly string[];
}

interface CaptureForm {
  readonly capture: Capture;
  readonly busy: boolean;
  readonly trouble: unknown;
  readonly error: (pointer: string) => string | null;
  readonly change: (capture: Capture) => void;
  readonly submit: (event: Event) => void;
  readonly cancel: () => void;
}

const isSettable = (device: Device): boolean =>
  device.endpoints.some(({ capabilities }) =>
    capabilities.some(({ properties }) => properties.some((each) => each.settable)),
  );

export function captureForm({ capture, busy, trouble, error, change, submit, cancel }: CaptureForm): TemplateResult {
  const places = [
    { value: EVERYWHERE, label: th.scenes.everywhere },
    ...store.rooms().map(({ id, name }) => ({ value: id, label: name })),
    { value: CHOSEN, label: th.scenes.chosen },
  ];
  const devices = [...store.state.devices.values()].filter(isSettable).toSorted(byUse);
  return html`<form class="card form narrow" novalidate @submit=${submit}>
    <p class="soft">${th.scenes.captureText}</p>
    ${trouble}
    ${textField({ id: 'scene-name', label: th.name, value: capture.name, input: (name) => change({ ...capture, name }), error: error('/name') })}
    ${selectField({ id: 'scene-where', label: th.scenes.where, value: capture.where, choices: places, change: (where) => change({ ...capture, where }), error: capture.where === CHOSEN ? null : error('/devices') })}
    ${
      capture.where === CHOSEN
        ? chips({
            label: th.scenes.whichDevices,
            choices: devices.map(({ id, name }) => ({ value: id, label: name })),
            chosen: capture.devices,
            change: (chosen) => change({ ...capture, devices: chosen }),
            error: error('/devices'),
          })
        : nothing
    }
    <div class="actions">
      <button class="button primary" ?disabled=${busy}>${th.scenes.save}</button>
      <button class="button" type="button" @click=${cancel}>${t.cancel}</button>
    </div>
  </form>`;
}
