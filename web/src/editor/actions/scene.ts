import { html } from 'lit';
import { mdiPalette } from '@mdi/js';
import type { Action } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { choiceField, computedDuration } from '../fields.ts';
import { compact, computedFits, durationError, onlyHas, required, type ItemEditor } from '../kit.ts';
import { thingChoices, withPlaceholder } from '../things.ts';

type SceneAction = Extract<Action, { kind: 'scene' }>;

export const sceneAction: ItemEditor<SceneAction> = {
  kind: 'scene',
  label: te.actions.scene,
  icon: mdiPalette,
  create: ({ scenes }) => ({ kind: 'scene', scene: scenes[0]?.id ?? '' }),
  fits: (item) => computedFits(item.transition) && onlyHas(item, ['kind', 'scene', 'transition']),
  check: ({ scene, transition }) => ({ '/scene': required(scene), '/transition': durationError(transition) }),
  fields: (editing) => {
    const { item, change, home } = editing;
    const choices = withPlaceholder(thingChoices(home.scenes), item.scene, te.choose);
    return html`<div class="fields">
      ${choiceField(editing, { name: 'scene', label: te.scene, value: item.scene, choices, change: (scene: string) => change({ ...item, scene }), pointer: '/scene' })}
      ${computedDuration(editing, { name: 'transition', label: te.fade, value: item.transition, change: (transition) => change(compact<SceneAction>({ ...item, transition })), pointer: '/transition' })}
    </div>`;
  },
};
