import { html } from 'lit';
import { mdiStopCircleOutline } from '@mdi/js';
import type { Action } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { onlyHas, type ItemEditor } from '../kit.ts';

type StopAction = Extract<Action, { kind: 'stop' }>;

export const stopAction: ItemEditor<StopAction> = {
  kind: 'stop',
  label: te.actions.stop,
  icon: mdiStopCircleOutline,
  create: () => ({ kind: 'stop' }),
  fits: (item) => onlyHas(item, ['kind']),
  fields: () => html`<p class="soft">${te.stopHint}</p>`,
};
