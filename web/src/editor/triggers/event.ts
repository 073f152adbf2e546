import { html } from 'lit';
import { mdiGestureTapButton } from '@mdi/js';
import { BUTTON_ACTIONS, type Device, type EventTrigger } from '@lintel/model';
import { selectField } from '../../elements/field.ts';
import { t } from '../../strings/index.ts';
import {
  compact,
  deviceChoices,
  errorsOf,
  isScalar,
  onlyHas,
  required,
  withPlaceholder,
  type Editing,
  type ItemEditor,
} from '../kit.ts';

const ANY = '';

interface Press {
  readonly buttons: readonly string[];
  readonly actions: readonly string[];
}

const isButton = (device: Device): boolean =>
  device.endpoints.some((endpoint) => endpoint.capabilities.some((each) => each.name === 'button'));

/** What the device's own description says it can send. */
function presses(device: Device | undefined): Press {
  const events = (device?.endpoints ?? []).flatMap((endpoint) =>
    endpoint.capabilities.flatMap((each) => each.events ?? []),
  );
  const known = events.filter((each) => each.event === 'button.pressed');
  const actions = known.flatMap((each) => each.actions ?? []);
  return {
    buttons: [...new Set(known.flatMap((each) => each.button ?? []))],
    actions: actions.length === 0 ? BUTTON_ACTIONS : [...new Set(actions)],
  };
}

const deviceOf = (item: EventTrigger): string => (typeof item.device === 'string' ? item.device : '');

function pressFields({ item, change, home, id, error }: Editing<EventTrigger>): unknown {
  const { buttons, actions } = presses(home.devices.find((each) => each.id === item.device));
  const named = [...new Set([...buttons, ...(item.button === undefined ? [] : [String(item.button)])])];
  const any = { value: ANY, label: t.editor.any };
  return html`
    ${
      named.length === 0
        ? ''
        : selectField({
            id: id('button'),
            label: t.editor.button,
            value: item.button === undefined ? ANY : String(item.button),
            choices: [any, ...named.map((each) => ({ value: each, label: t.humanise(each) }))],
            change: (button) => change(compact<EventTrigger>({ ...item, button: button === ANY ? undefined : button })),
            error: error('/button'),
          })
    }
    ${selectField({
      id: id('press'),
      label: t.editor.press,
      value: typeof item.action === 'string' ? item.action : ANY,
      choices: [any, ...actions.map((each) => ({ value: each, label: t.humanise(each) }))],
      change: (action) => change(compact<EventTrigger>({ ...item, action: action === ANY ? undefined : action })),
      error: error('/action'),
    })}
  `;
}

export const eventTrigger: ItemEditor<EventTrigger> = {
  kind: 'event',
  label: t.editor.triggers.event,
  icon: mdiGestureTapButton,
  create: () => ({ kind: 'event', event: 'button.pressed', device: '' }),
  fits: (item) =>
    item.event === 'button.pressed' &&
    typeof item.device === 'string' &&
    isScalar(item.action) &&
    onlyHas(item, ['kind', 'id', 'event', 'device', 'button', 'action']),
  check: (item) => errorsOf({ '/device': required(deviceOf(item)) }),
  fields: (editing) => {
    const { item, change, home, id, error } = editing;
    const choices = deviceChoices({ ...home, devices: home.devices.filter(isButton) });
    return html`<div class="fields">
      ${selectField({
        id: id('device'),
        label: t.editor.device,
        value: deviceOf(item),
        choices: withPlaceholder(choices, deviceOf(item), t.editor.chooseDevice),
        change: (device) =>
          change({ kind: 'event', ...(item.id !== undefined && { id: item.id }), event: item.event, device }),
        error: error('/device'),
      })}
      ${pressFields(editing)}
    </div>`;
  },
};
