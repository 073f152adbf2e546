import { html, type TemplateResult } from 'lit';
import { mdiRepeat } from '@mdi/js';
import type { Action, Condition, Value } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { choiceField, computedField, numberField, typedOr, wordChoices, wordField } from '../fields.ts';
import {
  blankCondition,
  computedFits,
  isExpression,
  isScalar,
  onlyHas,
  required,
  type Editing,
  type ItemEditor,
} from '../kit.ts';
import { nestedSteps } from '../nest.ts';

type RepeatAction = Extract<Action, { kind: 'repeat' }>;
type Way = keyof typeof te.repeatWays;
const WAYS = ['count', 'while', 'until', 'each'] as const satisfies readonly Way[];

const waysOf = (item: RepeatAction): readonly Way[] => WAYS.filter((way) => item[way] !== undefined);

function rewind(item: RepeatAction, way: Way): RepeatAction {
  const base = { kind: 'repeat', actions: item.actions } as const;
  if (way === 'count') return { ...base, count: 3 };
  return way === 'each' ? { ...base, each: [1, 2, 3] } : { ...base, [way]: blankCondition };
}

/** "1, on, true": numbers, yes or no and unknown as such, anything else as text. */
const readEach = (typed: string): Value[] =>
  typed.split(',').flatMap((part): Value[] => {
    const text = part.trim();
    if (text === 'unknown') return [null];
    if (text === 'true' || text === 'false') return [text === 'true'];
    return text === '' ? [] : [Number.isNaN(Number(text)) ? text : Number(text)];
  });
const shownEach = (values: readonly unknown[]): string => values.map((each) => each ?? 'unknown').join(', ');

/** True of lists that come back from their field as they went in. */
const eachFits = (values: readonly unknown[]): boolean =>
  values.every((each) => each === null || isScalar(each)) &&
  JSON.stringify(readEach(shownEach(values))) === JSON.stringify(values);

function countError(count: RepeatAction['count']): string | null {
  if (count === undefined || isExpression(count)) return required(count ?? 1);
  return Number.isInteger(count) && (count as number) >= 1 ? null : te.whole;
}

function wayFields(editing: Editing<RepeatAction>, way: Way): TemplateResult {
  const { item, change } = editing;
  if (way === 'count') {
    const set = (count: RepeatAction['count']): void => change({ ...item, count: count ?? Number.NaN });
    const field = { name: 'count', label: te.count, pointer: '/count', change: set };
    return computedField(editing, { ...field, value: item.count }, (value) =>
      numberField(editing, { ...field, value }),
    );
  }
  if (way === 'each') {
    const values = item.each ?? [];
    const same = (typed: string): boolean => JSON.stringify(readEach(typed)) === JSON.stringify(values);
    return wordField(editing, {
      name: 'each',
      label: te.each,
      hint: te.eachHint,
      value: typedOr(editing.id('each'), shownEach(values), same),
      change: (typed) => change({ ...item, each: readEach(typed) }),
      pointer: '/each',
    });
  }
  return nestedSteps<RepeatAction, Condition>(editing, {
    part: 'conditions',
    at: `/${way}`,
    single: true,
    label: te[way],
    items: [item[way]!],
    change: ([condition]) => change({ ...item, [way]: condition! }),
  });
}

export const repeatAction: ItemEditor<RepeatAction> = {
  kind: 'repeat',
  label: te.actions.repeat,
  icon: mdiRepeat,
  create: () => ({ kind: 'repeat', count: 3, actions: [] }),
  fits: (item) =>
    onlyHas(item, ['kind', 'actions', ...WAYS]) &&
    waysOf(item).length === 1 &&
    computedFits(item.count) &&
    (item.each === undefined || eachFits(item.each)),
  check: (item) => ({
    '/count': countError(item.count),
    '/each': item.each?.length === 0 ? required('') : null,
  }),
  nested: (item) => [
    ...(['while', 'until'] as const).flatMap((way) => {
      const condition = item[way];
      return condition === undefined
        ? []
        : [{ part: 'conditions', at: `/${way}`, items: [condition], single: true } as const];
    }),
    { part: 'actions', at: '/actions', items: item.actions },
  ],
  fields: (editing) => {
    const { item, change } = editing;
    const way = waysOf(item)[0] ?? 'count';
    return html`<div class="fields">
        ${choiceField(editing, { name: 'way', label: te.repeatWay, value: way, choices: wordChoices(te.repeatWays), change: (chosen: Way) => change(rewind(item, chosen)), pointer: '' })}
        ${way === 'count' || way === 'each' ? wayFields(editing, way) : ''}
      </div>
      ${way === 'while' || way === 'until' ? wayFields(editing, way) : ''}
      ${nestedSteps<RepeatAction, Action>(editing, { part: 'actions', at: '/actions', label: te.doing, items: item.actions, change: (actions) => change({ ...item, actions }) })}`;
  },
};
