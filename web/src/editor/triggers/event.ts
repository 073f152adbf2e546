import { html, nothing, type TemplateResult } from 'lit';
import { mdiGestureTapButton } from '@mdi/js';
import { BUTTON_ACTIONS, type Device, type DeviceSelector, type EventTrigger } from '@lintel/model';
import { chips } from '../../elements/chips.ts';
import { te } from '../../strings/editor.ts';
import { t } from '../../strings/index.ts';
import { isNoDevice, selectorField, selectorFits } from '../device-fields.ts';
import { choiceField, wordField } from '../fields.ts';
import { areScalars, asList, asOneOrMany, compact, onlyHas, required, type Editing, type ItemEditor } from '../kit.ts';
import { moreOptions } from '../more.ts';
import { devicesOf } from '../things.ts';
import { triggerIdField } from '../trigger-id.ts';

const ANY = '';
const PRESSED = 'button.pressed';
const OWN = '*';

interface Sends {
  readonly event: string;
  readonly button?: string;
  readonly actions?: readonly string[];
}

/** What the device's own description says it can send. */
const sendsOf = (device: Device): readonly Sends[] =>
  device.endpoints.flatMap((endpoint) => endpoint.capabilities.flatMap((each) => each.events ?? []));
const isButton = (device: Device): boolean =>
  device.endpoints.some((endpoint) => endpoint.capabilities.some((each) => each.name === 'button'));

const unique = (words: readonly string[]): string[] => [...new Set(words)];

function pressFields(editing: Editing<EventTrigger>): TemplateResult {
  const { item, change, home } = editing;
  const all = devicesOf(home, item.device ?? { home: true }).flatMap(sendsOf);
  const known = all.filter((each) => each.event === item.event);
  const given = item.button === undefined ? [] : [String(item.button)];
  const buttons = unique([...known.flatMap((each) => each.button ?? []), ...given]);
  const described = unique(known.flatMap((each) => each.actions ?? []));
  const actions = described.length > 0 || item.event !== PRESSED ? described : BUTTON_ACTIONS;
  const any = { value: ANY, label: te.any };
  const words = (each: string): { value: string; label: string } => ({ value: each, label: t.humanise(each) });
  const chosen = asList(item.action);
  const act = (next: readonly string[]): void => change(compact<EventTrigger>({ ...item, action: asOneOrMany(next) }));
  const button = (next: string): void =>
    change(
      compact<EventTrigger>({
        ...item,
        button:
          next === ANY
            ? undefined
            : typeof item.button === 'number' && Number(next) === item.button
              ? item.button
              : next,
      }),
    );
  return html`
    ${
      buttons.length === 0
        ? nothing
        : choiceField(editing, {
            name: 'button',
            label: te.button,
            value: item.button === undefined ? ANY : String(item.button),
            choices: [any, ...buttons.map(words)],
            change: button,
            pointer: '/button',
          })
    }
    ${
      chosen.length > 1
        ? chips({ label: te.press, choices: actions.map(words), chosen, change: act })
        : choiceField(editing, {
            name: 'press',
            label: te.press,
            value: chosen[0] ?? ANY,
            choices: [any, ...actions.map(words)],
            change: (next) => act(next === ANY ? [] : [next]),
            pointer: '/action',
          })
    }
  `;
}

/** Which event: a button's, another one that some device sends, or one of the home's own. */
function eventFields(editing: Editing<EventTrigger>): TemplateResult {
  const { item, change, home } = editing;
  const known = unique([PRESSED, ...home.devices.flatMap(sendsOf).map((each) => each.event)]);
  const own = !known.includes(item.event);
  const pick = (chosen: string): void => {
    const { device: _device, button: _button, action: _action, ...rest } = item;
    change(chosen === OWN ? { ...rest, event: '' } : { ...rest, event: chosen, device: item.device ?? '' });
  };
  return html`
    ${choiceField(editing, {
      name: 'source',
      label: te.eventSource,
      value: own ? OWN : item.event,
      choices: [
        ...known.map((each) => ({ value: each, label: t.humanise(each.replace('.', ' ')) })),
        { value: OWN, label: te.ownEvent },
      ],
      change: pick,
      pointer: '/event',
    })}
    ${own ? wordField(editing, { name: 'event', label: te.event, value: item.event, change: (event) => change({ ...item, event }), pointer: '/event' }) : nothing}
    ${
      item.device === undefined || own
        ? nothing
        : chips({
            label: te.press,
            choices: BUTTON_ACTIONS.map((each) => ({ value: each, label: t.humanise(each) })),
            chosen: asList(item.action),
            change: (next) => change(compact<EventTrigger>({ ...item, action: asOneOrMany(next) })),
          })
    }
    ${triggerIdField(editing)}
  `;
}

export const eventTrigger: ItemEditor<EventTrigger> = {
  kind: 'event',
  label: te.triggers.event,
  icon: mdiGestureTapButton,
  create: () => ({ kind: 'event', event: PRESSED, device: '' }),
  fits: (item) =>
    (item.device === undefined || selectorFits(item.device)) &&
    areScalars(item.action) &&
    onlyHas(item, ['kind', 'id', 'event', 'device', 'button', 'action']),
  check: (item) => ({
    '/event': required(item.event),
    '/device': item.device !== undefined && isNoDevice(item.device) ? required('') : null,
  }),
  fields: (editing) => {
    const { item, change, home } = editing;
    const senders = home.devices.filter((each) => isButton(each) || sendsOf(each).length > 0);
    const pick = (device: DeviceSelector): void =>
      change({ kind: 'event', ...(item.id !== undefined && { id: item.id }), event: item.event, device });
    return html`<div class="fields">
        ${item.device === undefined ? nothing : selectorField(editing, { selector: item.device, change: pick, home: { ...home, devices: senders } })}
        ${item.device === undefined ? nothing : pressFields(editing)}
        ${item.device === undefined && item.event !== '' ? html`<p class="soft">${item.event}</p>` : nothing}
      </div>
      ${moreOptions(item.id !== undefined || item.device === undefined || item.event !== PRESSED, () => eventFields(editing))}`;
  },
};
