// What a guest is let in to: rooms, things to do, and when.

import { html, type TemplateResult } from 'lit';
import { chips } from '../../elements/chips.ts';
import { checkField, textField } from '../../elements/field.ts';
import { store } from '../../store/store.ts';
import { th } from '../../strings/house.ts';
import { t } from '../../strings/index.ts';

export interface GuestDraft {
  readonly name: string;
  readonly rooms: readonly string[];
  readonly commands: readonly string[];
  /** As the browser's own field for date and time gives them; empty for none. */
  readonly from: string;
  readonly until: string;
  readonly weekdays: readonly string[];
  readonly after: string;
  readonly before: string;
}

const words = th.guests;
const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
export const BLANK: GuestDraft = {
  name: '',
  rooms: [],
  commands: [],
  from: '',
  until: '',
  weekdays: [],
  after: '',
  before: '',
};

/** Where something is missing, and what. */
export function missing({ name, rooms, commands, until }: GuestDraft): readonly [string, string] | null {
  if (name.trim() === '') return ['/name', t.errors.required];
  if (rooms.length === 0) return ['/rooms', words.noRooms];
  if (commands.length === 0) return ['/commands', words.noCommands];
  return until === '' ? ['/until', words.noUntil] : null;
}

/** The draft as the hub wants it. */
export const sent = ({ name, rooms, commands, from, until, weekdays, after, before }: GuestDraft): object => ({
  name: name.trim(),
  rooms,
  commands,
  until: new Date(until).toISOString(),
  ...(from !== '' && { from: new Date(from).toISOString() }),
  ...(weekdays.length > 0 && { weekdays }),
  ...(after !== '' && { after }),
  ...(before !== '' && { before }),
});

/** What the home's devices can be used for, what people give away most first. */
function offered(): string[] {
  const has = new Set(
    [...store.state.devices.values()].flatMap((each) =>
      each.endpoints.flatMap(({ capabilities }) => capabilities.map(({ name }) => name)),
    ),
  );
  return Object.keys(words.capabilityNames).filter((each) => has.has(each.split('.')[0]!));
}

interface GuestForm {
  readonly draft: GuestDraft;
  readonly busy: boolean;
  readonly trouble: (pointers: readonly string[]) => unknown;
  readonly error: (pointer: string) => string | null;
  readonly change: (draft: GuestDraft) => void;
  readonly submit: (event: Event) => void;
  readonly cancel: () => void;
}

interface Checks {
  readonly name: 'rooms' | 'commands';
  readonly label: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}

function checks({ draft, error, change }: GuestForm, { name, label, choices }: Checks): TemplateResult {
  const chosen = draft[name];
  const flip = (value: string, on: boolean): void =>
    change({ ...draft, [name]: on ? [...chosen, value] : chosen.filter((each) => each !== value) });
  const wrong = error(`/${name}`);
  return html`<fieldset class="field" aria-describedby="guest-${name}-error">
    <legend class="label">${label}</legend>
    <div class="check-grid">
      ${choices.map(({ value, label: each }) => checkField(`guest-${name}-${value}`, each, chosen.includes(value), (on) => flip(value, on)))}
    </div>
    <p class="error" id="guest-${name}-error" role="alert">${wrong}</p>
  </fieldset>`;
}

export function guestForm(form: GuestForm): TemplateResult {
  const { draft, busy, trouble, error, change, submit, cancel } = form;
  const set = (part: Partial<GuestDraft>): void => change({ ...draft, ...part });
  return html`<form class="card form" novalidate @submit=${submit}>
    ${trouble(['/name', '/rooms', '/commands', '/from', '/until', '/after', '/before'])}
    ${textField({ id: 'guest-name', label: words.name, value: draft.name, input: (name) => set({ name }), error: error('/name') })}
    ${checks(form, { name: 'rooms', label: words.rooms, choices: store.rooms().map(({ id, name }) => ({ value: id, label: name })) })}
    ${checks(form, { name: 'commands', label: words.commands, choices: offered().map((value) => ({ value, label: words.capabilityNames[value]! })) })}
    <div class="fields">
      ${textField({ id: 'guest-until', label: words.until, type: 'datetime-local', value: draft.until, input: (until) => set({ until }), error: error('/until') })}
      ${textField({ id: 'guest-from', label: words.from, type: 'datetime-local', value: draft.from, input: (from) => set({ from }), hint: words.fromHint, error: error('/from') })}
      ${textField({ id: 'guest-after', label: words.after, type: 'time', value: draft.after, input: (after) => set({ after }), error: error('/after') })}
      ${textField({ id: 'guest-before', label: words.before, type: 'time', value: draft.before, input: (before) => set({ before }), error: error('/before') })}
    </div>
    ${chips({
      label: words.weekdays,
      choices: WEEK.map((day) => ({ value: day, label: t.rule.days[day] ?? day })),
      chosen: draft.weekdays,
      change: (weekdays) => set({ weekdays }),
      hint: draft.weekdays.length === 0 ? words.everyDay : undefined,
    })}
    <div class="actions">
      <button class="button primary" ?disabled=${busy}>${words.let}</button>
      <button class="button" type="button" @click=${cancel}>${t.cancel}</button>
    </div>
  </form>`;
}
