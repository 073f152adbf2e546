import { html, type TemplateResult } from 'lit';
import { mdiBellOutline, mdiClose, mdiPlus } from '@mdi/js';
import type { Action, Computed } from '@lintel/model';
import { icon } from '../../elements/icon.ts';
import { chips } from '../../elements/chips.ts';
import { te } from '../../strings/editor.ts';
import { computedField, optionField, wordField } from '../fields.ts';
import {
  areScalars,
  asList,
  asOneOrMany,
  compact,
  computedFits,
  onlyHas,
  required,
  type Editing,
  type ItemEditor,
} from '../kit.ts';
import { moreOptions } from '../more.ts';
import { thingChoices } from '../things.ts';

type NotifyAction = Extract<Action, { kind: 'notify' }>;

function words(
  editing: Editing<NotifyAction>,
  name: 'message' | 'title',
  label: string,
  change: (value: Computed<string> | undefined) => void,
): TemplateResult {
  const field = { name, label, pointer: `/${name}`, change };
  return computedField(editing, { ...field, value: editing.item[name] }, (value = '') =>
    wordField(editing, { ...field, value, change: (typed) => change(typed === '' ? undefined : typed) }),
  );
}

/** The buttons under the notification; each is answered by the event `notification.action`. */
function answers(editing: Editing<NotifyAction>): TemplateResult {
  const { item, change } = editing;
  const rows = item.actions ?? [];
  const set = (next: typeof rows): void =>
    change(compact<NotifyAction>({ ...item, actions: next.length === 0 ? undefined : next }));
  return html`<div class="nest" role="group" aria-label=${te.answersOffered}>
    <p class="nest-label" aria-hidden="true">${te.answersOffered}</p>
    ${rows.map(
      (row, at) =>
        html`<div class="with-remove">
          <div class="fields">
            ${wordField(editing, { name: `answer-${at}`, label: te.answerTitle, value: row.title, change: (title) => set(rows.with(at, { ...row, title })), pointer: `/actions/${at}/title` })}
            ${wordField(editing, { name: `answer-${at}-id`, label: te.answerId, value: row.id, change: (id) => set(rows.with(at, { ...row, id })), pointer: `/actions/${at}/id` })}
          </div>
          <button type="button" class="round-button bare" @click=${() => set(rows.toSpliced(at, 1))}>
            ${icon(mdiClose, 20)}<span class="hidden">${te.removeEntry(row.title)}</span>
          </button>
        </div>`,
    )}
    <div>
      <button type="button" class="quiet" @click=${() => set([...rows, { id: `answer${rows.length + 1}`, title: '' }])}>
        ${icon(mdiPlus, 20)}${te.addEntry}
      </button>
    </div>
  </div>`;
}

function further(editing: Editing<NotifyAction>): TemplateResult {
  const { item, change, home } = editing;
  const to = (chosen: readonly string[]): void => change(compact<NotifyAction>({ ...item, to: asOneOrMany(chosen) }));
  const tag = (typed: string): void =>
    change(compact<NotifyAction>({ ...item, tag: typed === '' ? undefined : typed }));
  const critical = (on: boolean): void => change(compact<NotifyAction>({ ...item, critical: on ? true : undefined }));
  return html`
    ${words(editing, 'title', te.heading, (title) => change(compact<NotifyAction>({ ...item, title })))}
    ${chips({ label: te.recipients, choices: thingChoices(home.people), chosen: asList(item.to), change: to, hint: item.to === undefined ? te.all : undefined, error: editing.error('/to') })}
    ${wordField(editing, { name: 'tag', label: te.tag, value: item.tag ?? '', change: tag, pointer: '/tag' })}
    ${optionField(editing, { name: 'critical', label: te.critical, value: item.critical === true, change: critical })}
    ${answers(editing)}
  `;
}

export const notifyAction: ItemEditor<NotifyAction> = {
  kind: 'notify',
  label: te.actions.notify,
  icon: mdiBellOutline,
  create: () => ({ kind: 'notify', message: '' }),
  fits: (item) =>
    computedFits(item.message) &&
    computedFits(item.title) &&
    areScalars(item.to) &&
    (item.actions ?? []).every((each) => onlyHas(each, ['id', 'title'])) &&
    onlyHas(item, ['kind', 'message', 'title', 'to', 'actions', 'tag', 'critical']),
  check: (item) => ({
    '/message': required(item.message),
    ...Object.fromEntries((item.actions ?? []).map((each, at) => [`/actions/${at}/title`, required(each.title)])),
  }),
  fields: (editing) => {
    const { item, change } = editing;
    const used = [item.title, item.to, item.actions, item.tag, item.critical].some((each) => each !== undefined);
    return html`${words(editing, 'message', te.message, (message) => change({ ...item, message: message ?? '' }))}
    ${moreOptions(used, () => further(editing))}`;
  },
};
