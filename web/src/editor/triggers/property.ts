import { html, nothing, type TemplateResult } from 'lit';
import { mdiAccessPoint } from '@mdi/js';
import type { PropertyTrigger } from '@lintel/model';
import { isPercent } from '../../readers/format.ts';
import { te } from '../../strings/editor.ts';
import { deviceAndProperty, isNoDevice, originField, selectorFits } from '../device-fields.ts';
import { choiceField, durationField, numberField, wordChoices } from '../fields.ts';
import { areScalars, compact, durationError, onlyHas, required, type Editing, type ItemEditor } from '../kit.ts';
import { limitFields } from '../limit-fields.ts';
import { moreOptions } from '../more.ts';
import { describeIn } from '../things.ts';
import { triggerIdField } from '../trigger-id.ts';
import { valuesField } from '../value-fields.ts';

type Watch = keyof typeof te.watches;

const isLimit = ({ above, below }: PropertyTrigger): boolean => above !== undefined || below !== undefined;

/** What the trigger watches for; a number watches its limits until someone says otherwise. */
function watchOf(item: PropertyTrigger, numeric: boolean): Watch {
  if (item.becomes !== undefined) return 'becomes';
  if (isLimit(item)) return 'limits';
  if (item.changes !== true && item.from !== undefined) return 'from';
  return numeric && item.changes !== true ? 'limits' : 'changes';
}

/** The members that belong to one way of watching only. */
function without(item: PropertyTrigger): PropertyTrigger {
  const { becomes: _b, from: _f, above: _a, below: _l, changes: _c, hysteresis: _h, ...rest } = item;
  return rest;
}

function rewatch(item: PropertyTrigger, watch: Watch, editing: Editing<PropertyTrigger>): PropertyTrigger {
  const spec = describeIn(editing.home, item.device, item.property);
  const first = spec?.type === 'boolean' ? true : spec?.type === 'number' ? 0 : (spec?.values?.[0] ?? '');
  if (watch === 'changes') return { ...without(item), changes: true };
  if (watch === 'limits') return without(item);
  return { ...without(item), [watch]: first };
}

/** A new device or property begins with what it most likely waits for. */
function begin(
  item: PropertyTrigger,
  watched: Partial<PropertyTrigger>,
  editing: Editing<PropertyTrigger>,
): PropertyTrigger {
  const next = compact<PropertyTrigger>({ ...without(item), match: undefined, ...watched } as PropertyTrigger);
  const spec = describeIn(editing.home, next.device, next.property);
  if (spec?.type === 'number') return next;
  return rewatch(next, spec?.type === 'boolean' || spec?.values ? 'becomes' : 'changes', editing);
}

function valueFields(editing: Editing<PropertyTrigger>, watch: Watch): TemplateResult | typeof nothing {
  const { item, change, home } = editing;
  const spec = describeIn(home, item.device, item.property);
  const shared = { property: item.property, spec };
  if (watch === 'limits') {
    return limitFields(editing, item, (limits) => {
      const { changes: _changes, ...rest } = item;
      change(compact<PropertyTrigger>({ ...rest, ...limits }));
    });
  }
  if (watch === 'from') {
    const from = (value: PropertyTrigger['from']): void => change(compact<PropertyTrigger>({ ...item, from: value }));
    return valuesField(editing, {
      ...shared,
      name: 'from',
      label: te.was,
      value: item.from,
      change: from,
      pointer: '/from',
    });
  }
  if (watch === 'changes' && spec?.type === 'number') return nothing;
  const becomes = (value: PropertyTrigger['becomes']): void =>
    change(compact<PropertyTrigger>({ ...item, becomes: value, changes: value === undefined ? true : undefined }));
  return valuesField(editing, {
    ...shared,
    name: 'value',
    label: te.becomes,
    value: item.becomes,
    change: becomes,
    pointer: '/becomes',
    anything: true,
  });
}

function furtherFields(editing: Editing<PropertyTrigger>, watch: Watch): TemplateResult {
  const { item, change, home } = editing;
  const spec = describeIn(home, item.device, item.property);
  const from = (value: PropertyTrigger['from']): void => change(compact<PropertyTrigger>({ ...item, from: value }));
  return html`
    ${choiceField(editing, {
      name: 'watch',
      label: te.watch,
      value: watch,
      choices: wordChoices(te.watches).filter(({ value }) => value !== 'limits' || spec?.type !== 'boolean'),
      change: (chosen: Watch) => change(rewatch(item, chosen, editing)),
      pointer: '/changes',
    })}
    ${
      watch === 'becomes' || (watch === 'changes' && item.from !== undefined)
        ? valuesField(editing, {
            name: 'from',
            label: te.was,
            property: item.property,
            spec,
            value: item.from,
            change: from,
            pointer: '/from',
            anything: true,
          })
        : nothing
    }
    ${
      watch === 'limits'
        ? numberField(editing, {
            name: 'hysteresis',
            label: te.hysteresis,
            value: item.hysteresis,
            percent: isPercent(item.property),
            change: (hysteresis) => change(compact<PropertyTrigger>({ ...item, hysteresis })),
            pointer: '/hysteresis',
          })
        : nothing
    }
    ${originField(item.origin, (origin) => change(compact<PropertyTrigger>({ ...item, origin })))}
    ${triggerIdField(editing)}
  `;
}

export const propertyTrigger: ItemEditor<PropertyTrigger> = {
  kind: 'property',
  label: te.triggers.property,
  icon: mdiAccessPoint,
  create: () => ({ kind: 'property', device: '', property: '', becomes: true }),
  fits: (item) =>
    selectorFits(item.device) &&
    areScalars(item.becomes) &&
    areScalars(item.from) &&
    !(item.becomes !== undefined && (isLimit(item) || item.changes !== undefined)) &&
    !(isLimit(item) && (item.from !== undefined || item.changes !== undefined)) &&
    onlyHas(item, [
      'kind',
      'id',
      'device',
      'match',
      'property',
      'becomes',
      'from',
      'above',
      'below',
      'changes',
      'hysteresis',
      'for',
      'origin',
    ]),
  check: (item) => ({
    '/device': isNoDevice(item.device) ? required('') : null,
    '/property': required(item.property),
    '/above': !isNoDevice(item.device) && watchOf(item, true) === 'limits' && !isLimit(item) ? required('') : null,
    '/for': durationError(item.for),
  }),
  fields: (editing) => {
    const { item, change, home } = editing;
    const watch = watchOf(item, describeIn(home, item.device, item.property)?.type === 'number');
    const used = [item.hysteresis, item.origin, item.id].some((each) => each !== undefined);
    return html`<div class="fields">
        ${deviceAndProperty(editing, item, (watched) => change(begin(item, watched as Partial<PropertyTrigger>, editing)))}
        ${item.property === '' ? nothing : valueFields(editing, watch)}
        ${durationField(editing, {
          name: 'for',
          label: te.for,
          value: item.for,
          change: (value) => change(compact<PropertyTrigger>({ ...item, for: value })),
          pointer: '/for',
        })}
      </div>
      ${item.property === '' ? nothing : moreOptions(used || (watch === 'becomes' && item.from !== undefined), () => furtherFields(editing, watch))}`;
  },
};
