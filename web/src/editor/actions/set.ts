import { html, nothing, type TemplateResult } from 'lit';
import { mdiLightbulbOn } from '@mdi/js';
import type { Action, Computed, Device, Rule, Target, Value } from '@lintel/model';
import { checkField, selectField } from '../../elements/field.ts';
import { describe, isSettable } from '../../readers/devices.ts';
import { isPercent } from '../../readers/format.ts';
import { t } from '../../strings/index.ts';
import { durationField, numberField } from '../fields.ts';
import { compact, deviceChoices, durationError, errorsOf, onlyHas, type Editing, type ItemEditor } from '../kit.ts';

type SetAction = Extract<Action, { kind: 'set' }>;
type Values = Readonly<Record<string, Computed<Value>>>;

/** Numbers a form can set, with the field's name. Anything else in a rule's values keeps the action read-only. */
const NUMBERS: readonly (readonly [string, string])[] = [
  ['level.level', t.sheet.brightness],
  ['color.temperature', t.sheet.colorTemperature],
  ['thermostat.heatingSetpoint', t.sheet.targetTemperature],
  ['cover.position', t.sheet.position],
  ['fan.speed', t.sheet.speed],
  ['media.volume', t.sheet.volume],
];
const KNOWN = new Set(['onOff.on', ...NUMBERS.map(([key]) => key)]);
const ROOM = 'room:';
const TRIGGER = 'trigger:';

const targetKey = (target: Target): string => {
  if ('device' in target) return target.device;
  return 'room' in target ? ROOM + target.room : TRIGGER;
};

function readTarget(key: string): Target {
  if (key === TRIGGER) return { trigger: true };
  return key.startsWith(ROOM) ? { room: key.slice(ROOM.length) } : { device: key };
}

const targetFits = (target: Target): boolean =>
  (['device', 'room', 'trigger'] as const).some((name) => name in target) && Object.keys(target).length === 1;

const valuesFit = (values: Values): boolean =>
  Object.entries(values).every(
    ([key, value]) => KNOWN.has(key) && (key === 'onOff.on' ? typeof value === 'boolean' : typeof value === 'number'),
  );

/** Settable numbers of the target; lamps of a room and "what triggered" are taken for lamps. */
function numbersOf(target: Target, devices: readonly Device[]): readonly (readonly [string, string])[] {
  if (!('device' in target)) return NUMBERS.slice(0, 2);
  const device = devices.find((each) => each.id === target.device);
  return device === undefined ? [] : NUMBERS.filter(([key]) => isSettable(device, key));
}

function switches(target: Target, devices: readonly Device[]): boolean {
  if (!('device' in target)) return true;
  const device = devices.find((each) => each.id === target.device);
  return device !== undefined && isSettable(device, 'onOff.on');
}

/** A new target begins switched on, or with the first number it has. */
function retarget(item: SetAction, key: string, devices: readonly Device[]): SetAction {
  const target = readTarget(key);
  const numbers = numbersOf(target, devices);
  const kept = Object.entries(item.values).filter(([each]) => numbers.some(([number]) => number === each));
  const on = switches(target, devices) ? { 'onOff.on': item.values['onOff.on'] ?? true } : {};
  return { ...item, target, values: { ...on, ...Object.fromEntries(kept) } };
}

function targetField({ item, change, home, id, error }: Editing<SetAction>): TemplateResult {
  const settable = home.devices.filter((device) =>
    device.endpoints.some((endpoint) =>
      endpoint.capabilities.some((each) => each.properties.some((one) => one.settable)),
    ),
  );
  const rooms = home.rooms.map((room) => ({
    value: ROOM + room.id,
    label: t.rule.inRoom(t.humanise(t.rule.lights), room.name),
  }));
  const chosen = targetKey(item.target);
  const placeholder = chosen === '' ? [{ value: '', label: t.editor.chooseDevice }] : [];
  return selectField({
    id: id('device'),
    label: t.editor.device,
    value: chosen,
    choices: [
      ...placeholder,
      ...deviceChoices({ ...home, devices: settable }),
      ...rooms,
      { value: TRIGGER, label: t.rule.triggering },
    ],
    change: (key) => change(retarget(item, key, home.devices)),
    error: error('/target/device') ?? error('/target'),
  });
}

function numberPart(editing: Editing<SetAction>, key: string, label: string): TemplateResult {
  const { item, change, home } = editing;
  const value = item.values[key];
  const set = (next: number | undefined): void =>
    change({ ...item, values: compact<Values>({ ...item.values, [key]: next }) });
  const device =
    'device' in item.target
      ? home.devices.find((each) => each.id === (item.target as { device: string }).device)
      : undefined;
  const unit = device === undefined ? null : (describe(device, key)?.unit ?? null);
  return numberField(editing, {
    name: key.replace('.', '-'),
    label,
    value: typeof value === 'number' ? value : undefined,
    change: set,
    pointer: `/values/${key}`,
    percent: isPercent(key),
    ...(unit !== null && unit !== '' && { hint: unit }),
  });
}

function check({ target, values, transition }: SetAction): Record<string, string> {
  const outside = (key: string): string | null => {
    const value = values[key];
    const bad = typeof value === 'number' && isPercent(key) && (Number.isNaN(value) || value < 0 || value > 1);
    return bad ? t.errors.between('0', '100') : null;
  };
  return errorsOf({
    '/target/device': targetKey(target) === '' ? t.errors.required : null,
    '/target': targetKey(target) !== '' && Object.keys(values).length === 0 ? t.editor.nothingSet : null,
    '/transition': typeof transition === 'string' ? durationError(transition) : null,
    ...Object.fromEntries(NUMBERS.map(([key]) => [`/values/${key}`, outside(key)])),
  });
}

/** The device that an earlier action speaks of: the next one is often about the same. */
function lastTarget(rule: Rule): Target | null {
  const earlier = rule.actions.findLast((each): each is SetAction => each.kind === 'set');
  return earlier !== undefined && targetFits(earlier.target) ? earlier.target : null;
}

export const setAction: ItemEditor<SetAction> = {
  kind: 'set',
  label: t.editor.actions.set,
  icon: mdiLightbulbOn,
  create: ({ devices }, rule) => {
    const target = lastTarget(rule);
    if (target === null) return { kind: 'set', target: { device: '' }, values: { 'onOff.on': true } };
    return { kind: 'set', target, values: switches(target, devices) ? { 'onOff.on': false } : {} };
  },
  fits: (item) =>
    onlyHas(item, ['kind', 'target', 'values', 'transition']) &&
    targetFits(item.target) &&
    valuesFit(item.values) &&
    (item.transition === undefined || typeof item.transition === 'string'),
  check,
  fields: (editing) => {
    const { item, change, home, id } = editing;
    const on = item.values['onOff.on'] === true;
    const chosen = targetKey(item.target) !== '';
    const flip = (next: boolean): void => {
      const values = next ? { ...item.values, 'onOff.on': true } : { 'onOff.on': false };
      change({ ...item, values });
    };
    const switchable = switches(item.target, home.devices);
    return html`<div class="fields">
      ${targetField(editing)} ${switchable ? checkField(id('on'), t.editor.on, on, flip) : nothing}
      ${chosen && (on || !switchable) ? numbersOf(item.target, home.devices).map(([key, label]) => numberPart(editing, key, label)) : nothing}
      ${
        chosen && on
          ? durationField(editing, {
              name: 'transition',
              label: t.editor.fade,
              value: item.transition as string | undefined,
              change: (transition) => change(compact<SetAction>({ ...item, transition })),
              pointer: '/transition',
            })
          : nothing
      }
    </div>`;
  },
};
