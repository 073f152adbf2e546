import { html, nothing, type TemplateResult } from 'lit';
import { mdiClockOutline, mdiClose, mdiPlus } from '@mdi/js';
import type { TimeSource, TimeTrigger } from '@lintel/model';
import { icon } from '../../elements/icon.ts';
import { te } from '../../strings/editor.ts';
import { choiceField, weekdayField, wordField } from '../fields.ts';
import { asList, compact, onlyHas, required, type Editing, type ItemEditor } from '../kit.ts';
import { moreOptions } from '../more.ts';
import { deviceChoices, findDevice, propertyChoices, thingChoices, withPlaceholder } from '../things.ts';
import { timeField } from '../time-field.ts';
import { triggerIdField } from '../trigger-id.ts';

type Source = 'fixed' | 'variable' | 'property';
const DATE = /^(\d{4}-)?\d\d-\d\d$/;

const sourceOf = (at: TimeSource): Source =>
  typeof at === 'string' ? 'fixed' : 'variable' in at ? 'variable' : 'property';

function begin(source: Source, { home }: Editing<TimeTrigger>): TimeSource {
  if (source === 'fixed') return '07:00';
  return source === 'variable' ? { variable: home.variables[0]?.name ?? '' } : { device: '', property: '' };
}

const isChosen = (at: TimeSource): boolean => {
  if (typeof at === 'string') return at !== '';
  return 'variable' in at ? at.variable !== '' : at.device !== '' && at.property !== '';
};

const sourceFits = (at: TimeSource): boolean =>
  typeof at === 'string' || onlyHas(at, ['variable']) || onlyHas(at, ['device', 'property']);

function sourceFields(
  editing: Editing<TimeTrigger>,
  at: TimeSource,
  index: number,
  set: (at: TimeSource) => void,
): TemplateResult {
  const { id, error, home } = editing;
  const pointer = Array.isArray(editing.item.at) ? `/at/${index}` : '/at';
  const name = index === 0 ? 'at' : `at-${index}`;
  if (typeof at === 'string') {
    return timeField({ id: id(name), label: te.at, value: at, change: set, error: error(pointer) });
  }
  if ('variable' in at) {
    const choices = withPlaceholder(thingChoices(home.variables), at.variable, te.choose);
    return choiceField(editing, {
      name,
      label: te.variable,
      value: at.variable,
      choices,
      change: (variable) => set({ variable }),
      pointer,
    });
  }
  const device = findDevice(home, at.device);
  return html`
    ${choiceField(editing, { name, label: te.device, value: at.device, choices: withPlaceholder(deviceChoices(home), at.device, te.chooseDevice), change: (chosen) => set({ device: chosen, property: '' }), pointer })}
    ${choiceField(editing, {
      name: `${name}-property`,
      label: te.property,
      value: at.property,
      choices: withPlaceholder(propertyChoices(device === undefined ? [] : [device]), at.property, te.chooseProperty),
      change: (property) => set({ device: at.device, property }),
      pointer: `${pointer}/property`,
    })}
  `;
}

function timesFields(editing: Editing<TimeTrigger>): TemplateResult {
  const { item, change } = editing;
  const times = asList<TimeSource>(item.at);
  const set = (next: readonly TimeSource[]): void => change({ ...item, at: next.length === 1 ? next[0]! : next });
  return html`${times.map(
    (at, index) =>
      html`<div class=${times.length > 1 ? 'with-remove' : ''}>
        ${sourceFields(editing, at, index, (next) => set(times.with(index, next)))}
        ${
          times.length > 1
            ? html`<button type="button" class="round-button bare" @click=${() => set(times.toSpliced(index, 1))}>
                ${icon(mdiClose, 20)}<span class="hidden">${te.removeValue(index + 1)}</span>
              </button>`
            : nothing
        }
      </div>`,
  )}`;
}

function furtherFields(editing: Editing<TimeTrigger>): TemplateResult {
  const { item, change } = editing;
  const times = asList<TimeSource>(item.at);
  const sources = [
    { value: 'fixed', label: te.fixedAt },
    { value: 'variable', label: te.variableAt },
    { value: 'property', label: te.propertyAt },
  ];
  const dates = (typed: string): void => {
    const all = typed.split(/[\s,]+/).filter((each) => each !== '');
    change(compact<TimeTrigger>({ ...item, dates: all.length === 0 ? undefined : all }));
  };
  return html`
    ${
      times.length === 1
        ? choiceField(editing, {
            name: 'source',
            label: te.timeFrom,
            value: sourceOf(times[0]!),
            choices: sources,
            change: (source: Source) => change({ ...item, at: begin(source, editing) }),
            pointer: '/at',
          })
        : nothing
    }
    <div>
      <button type="button" class="quiet small-action" @click=${() => change({ ...item, at: [...times, '12:00'] })}>
        ${icon(mdiPlus, 20)}${te.anotherTime}
      </button>
    </div>
    ${wordField(editing, { name: 'dates', label: te.dates, hint: te.datesHint, value: (item.dates ?? []).join(', '), change: dates, pointer: '/dates' })}
    ${triggerIdField(editing)}
  `;
}

export const timeTrigger: ItemEditor<TimeTrigger> = {
  kind: 'time',
  label: te.triggers.time,
  icon: mdiClockOutline,
  create: () => ({ kind: 'time', at: '07:00' }),
  fits: (item) =>
    asList<TimeSource>(item.at).every(sourceFits) && onlyHas(item, ['kind', 'id', 'at', 'weekdays', 'dates']),
  check: (item) => ({
    '/at': asList<TimeSource>(item.at).every(isChosen) ? null : required(''),
    '/dates': (item.dates ?? []).every((each) => DATE.test(each)) ? null : te.datesError,
  }),
  fields: (editing) => {
    const { item, change } = editing;
    const used = item.id !== undefined || item.dates !== undefined || typeof item.at !== 'string';
    return html`<div class="fields">${timesFields(editing)}</div>
      ${weekdayField(item.weekdays, (weekdays) => change(compact<TimeTrigger>({ ...item, weekdays })))}
      ${moreOptions(used, () => furtherFields(editing))}`;
  },
};
