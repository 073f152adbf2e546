import { html } from 'lit';
import { mdiVariable } from '@mdi/js';
import type { Action } from '@lintel/model';
import { te } from '../../strings/editor.ts';
import { choiceField } from '../fields.ts';
import { computedFits, onlyHas, required, type ItemEditor, type NamedThing } from '../kit.ts';
import { thingChoices, withPlaceholder } from '../things.ts';
import { computedValueField, specOf } from '../value-fields.ts';

type VariableAction = Extract<Action, { kind: 'variable' }>;

function firstValue(variable: NamedThing | undefined): boolean | number | string {
  if (variable?.type === 'boolean') return true;
  return variable?.type === 'number' ? 0 : '';
}

export const variableAction: ItemEditor<VariableAction> = {
  kind: 'variable',
  label: te.actions.variable,
  icon: mdiVariable,
  create: ({ variables }) => ({ kind: 'variable', name: variables[0]?.id ?? '', value: firstValue(variables[0]) }),
  fits: (item) => (item.value === null || computedFits(item.value)) && onlyHas(item, ['kind', 'name', 'value']),
  check: ({ name, value }) => ({
    '/name': required(name),
    '/value': value === undefined || Number.isNaN(value) ? required('') : null,
  }),
  fields: (editing) => {
    const { item, change, home } = editing;
    const rename = (name: string): void =>
      change({ ...item, name, value: firstValue(home.variables.find(({ id }) => id === name)) });
    const choices = withPlaceholder(thingChoices(home.variables), item.name, te.choose);
    return html`<div class="fields">
      ${choiceField(editing, { name: 'name', label: te.variable, value: item.name, choices, change: rename, pointer: '/name' })}
      ${computedValueField(editing, {
        name: 'value',
        label: te.value,
        property: '',
        spec: specOf(home.variables, item.name),
        value: item.value,
        change: (value) => change({ ...item, value: value ?? null }),
        pointer: '/value',
      })}
    </div>`;
  },
};
