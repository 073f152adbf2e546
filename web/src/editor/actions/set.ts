import { html, nothing, type TemplateResult } from 'lit';
import { mdiLightbulbOn } from '@mdi/js';
import type { Action, Computed, Rule, Target, Value } from '@lintel/model';
import { isPercent } from '../../readers/format.ts';
import { te } from '../../strings/editor.ts';
import { t } from '../../strings/index.ts';
import { failureField, failureSteps } from '../failure-field.ts';
import { computedDuration, optionField } from '../fields.ts';
import {
  compact,
  computedFits,
  durationError,
  onlyHas,
  required,
  type Editing,
  type EditorHome,
  type ItemEditor,
} from '../kit.ts';
import { moreOptions } from '../more.ts';
import { furtherValues } from '../set-values.ts';
import { describeAt } from '../things.ts';
import { hasOptions, isNoTarget, reached, targetField, targetFits, targetOptions } from '../target-field.ts';
import { computedValueField, valuesFit } from '../value-fields.ts';

type SetAction = Extract<Action, { kind: 'set' }>;
type Values = Readonly<Record<string, Computed<Value>>>;

/** Numbers that people set most, with their names; further values are added one by one. */
const NUMBERS: readonly (readonly [string, string])[] = [
  ['level.level', t.sheet.brightness],
  ['color.temperature', t.sheet.colorTemperature],
  ['thermostat.heatingSetpoint', t.sheet.targetTemperature],
  ['cover.position', t.sheet.position],
  ['fan.speed', t.sheet.speed],
  ['media.volume', t.sheet.volume],
];

const settable = (home: EditorHome, target: Target, key: string): boolean =>
  'device' in target
    ? describeAt(home, target.device, key)?.settable === true
    : reached(home, target).some((device) => describeAt(home, device.id, key)?.settable === true);

/** Lamps are meant by "what triggered" and by an empty room. */
const isVague = (home: EditorHome, target: Target): boolean =>
  !isNoTarget(target) && reached(home, target).length === 0 && !('device' in target);

function numbersOf(home: EditorHome, target: Target): readonly (readonly [string, string])[] {
  if (isVague(home, target)) return NUMBERS.slice(0, 2);
  return NUMBERS.filter(([key]) => settable(home, target, key));
}

const switches = (home: EditorHome, target: Target): boolean =>
  isVague(home, target) || settable(home, target, 'onOff.on');

/** A new target begins switched on, or with the first number it has; values that it cannot take are let go. */
function retarget(item: SetAction, target: Target, home: EditorHome): SetAction {
  const kept = Object.entries(item.values).filter(([key]) => key !== 'onOff.on' && settable(home, target, key));
  const on = switches(home, target) ? { 'onOff.on': item.values['onOff.on'] ?? true } : {};
  return { ...item, target, values: { ...on, ...Object.fromEntries(kept) } };
}

/** Off lets go of the numbers that only shine when on. */
function flip(item: SetAction, on: boolean, numbers: readonly (readonly [string, string])[]): SetAction {
  if (on) return { ...item, values: { ...item.values, 'onOff.on': true } };
  const dark = new Set(numbers.map(([key]) => key));
  const rest = Object.entries(item.values).filter(([key, value]) => !dark.has(key) || typeof value !== 'number');
  return { ...item, values: { ...Object.fromEntries(rest), 'onOff.on': false } };
}

function numberPart(editing: Editing<SetAction>, key: string, label: string): TemplateResult {
  const { item, change, home } = editing;
  const device = 'device' in item.target ? item.target.device : (reached(home, item.target)[0]?.id ?? '');
  const spec = describeAt(home, device, key) ?? { type: 'number' as const, values: null };
  return computedValueField(editing, {
    name: key.replace('.', '-'),
    label,
    property: key,
    spec,
    value: item.values[key],
    change: (next) => change({ ...item, values: compact<Values>({ ...item.values, [key]: next }) }),
    pointer: `/values/${key}`,
  });
}

function check({ target, values, transition, for: back }: SetAction): Record<string, string | null> {
  const outside = (value: unknown): boolean =>
    typeof value === 'number' && (Number.isNaN(value) || value < 0 || value > 1);
  const wrong = ([key, value]: [string, unknown]): [string, string | null] => [
    `/values/${key}`,
    isPercent(key) && outside(value) ? t.errors.between('0', '100') : required(value),
  ];
  const nothingSet = !isNoTarget(target) && Object.keys(values).length === 0;
  return {
    [`/target/${'devices' in target ? 'devices' : 'device'}`]: isNoTarget(target) ? required('') : null,
    '/target': nothingSet ? te.nothingSet : null,
    '/transition': durationError(transition),
    '/for': durationError(back),
    ...Object.fromEntries(Object.entries(values).map(wrong)),
  };
}

/** The device that an earlier action speaks of: the next one is often about the same. */
function lastTarget(rule: Rule): Target | null {
  const earlier = rule.actions.findLast((each): each is SetAction => each.kind === 'set');
  return earlier !== undefined && targetFits(earlier.target) ? earlier.target : null;
}

function furtherFields(editing: Editing<SetAction>, basic: readonly string[]): TemplateResult {
  const { item, change } = editing;
  return html`
    ${furtherValues(editing, basic)}
    ${computedDuration(editing, { name: 'for', label: te.goesBack, value: item.for, change: (back) => change(compact<SetAction>({ ...item, for: back })), pointer: '/for' })}
    ${targetOptions(editing, item.target, (target) => change({ ...item, target }))}
    ${failureField(editing, item.onFailure, (onFailure) => change(compact<SetAction>({ ...item, onFailure })))}
  `;
}

export const setAction: ItemEditor<SetAction> = {
  kind: 'set',
  label: te.actions.set,
  icon: mdiLightbulbOn,
  create: (home, rule) => {
    const target = lastTarget(rule);
    if (target === null) return { kind: 'set', target: { device: '' }, values: { 'onOff.on': true } };
    return { kind: 'set', target, values: switches(home, target) ? { 'onOff.on': false } : {} };
  },
  fits: (item) =>
    onlyHas(item, ['kind', 'target', 'values', 'transition', 'for', 'onFailure']) &&
    targetFits(item.target) &&
    valuesFit(item.values) &&
    computedFits(item.transition) &&
    computedFits(item.for),
  check,
  nested: ({ onFailure }) => failureSteps(onFailure),
  fields: (editing) => {
    const { item, change, home } = editing;
    const on = item.values['onOff.on'];
    const numbers = isNoTarget(item.target) ? [] : numbersOf(home, item.target);
    const shown = numbers.filter(([key]) => on !== false || item.values[key] !== undefined);
    const isPlain = on === undefined || typeof on === 'boolean';
    const hasSwitch = switches(home, item.target) && isPlain;
    const basic = [...shown.map(([key]) => key), ...(hasSwitch ? ['onOff.on'] : [])];
    const used =
      [item.for, item.onFailure].some((each) => each !== undefined) ||
      hasOptions(item.target) ||
      Object.keys(item.values).some((key) => !basic.includes(key));
    return html`<div class="fields">
        ${targetField(editing, { target: item.target, change: (target) => change(retarget(item, target, home)) })}
        ${hasSwitch ? optionField(editing, { name: 'on', label: te.on, value: on === true, change: (next) => change(flip(item, next, numbers)) }) : nothing}
        ${shown.map(([key, label]) => numberPart(editing, key, label))}
        ${
          shown.length > 0 || item.transition !== undefined
            ? computedDuration(editing, {
                name: 'transition',
                label: te.fade,
                value: item.transition,
                change: (transition) => change(compact<SetAction>({ ...item, transition })),
                pointer: '/transition',
              })
            : nothing
        }
      </div>
      ${isNoTarget(item.target) ? nothing : moreOptions(used, () => furtherFields(editing, basic))}`;
  },
};
