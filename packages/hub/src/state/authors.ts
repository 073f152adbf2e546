// Rules act with the rights of whoever wrote them. Roles are no business of the home's machine; that an author may not act any more
// is, and so it is a document, journaled as any other: a replay needs no table of users.

import type { Action, Outcome, Rule } from '@lintel/model';
import type { Edit } from '../journal/records.ts';
import type { BarredAuthor, Registry } from '../registry/registry.ts';
import type { Repair } from '../views.ts';
import type { Parts, Step } from './parts.ts';

type Written = Pick<Parts, 'registry' | 'departed'>;

/** What the author of a rule is no more; null for one who may act, and for a rule that names none: that is the home's own. */
export function barredAuthor({ registry, departed }: Written, rule: string): BarredAuthor | null {
  const known = registry.get('automations', rule);
  const author = known === null ? departed.author(rule) : known.author;
  return barredBy(registry, author);
}

const barredBy = ({ get }: Registry, author: string | undefined): BarredAuthor | null =>
  author === undefined ? null : get('authors', author);

/** Why a rule's command is not carried out; null where it may be. What a command that was allowed then takes back is not asked again. */
export function authorRefusal(parts: Written, command: { readonly id: string; readonly rule: string }): Outcome | null {
  const author = command.id.startsWith('revert:') ? null : barredAuthor(parts, command.rule);
  return author === null ? null : { status: 'failed', error: { code: 'FORBIDDEN', detail: reasonOf(author) } };
}

const reasonOf = ({ name, standing }: BarredAuthor): string =>
  `This automation acts for ${name}, ${STANDINGS[standing]}. It acts again once someone else saves it.`;

const STANDINGS: Readonly<Record<BarredAuthor['standing'], string>> = {
  gone: 'who has no account here any more',
  guest: 'who is only a guest now',
};

/** The rules as the core is to run them. */
export function rulesForCore(registry: Registry): readonly Rule[] {
  const rules = registry.list('automations');
  if (registry.list('authors').length === 0) return rules;
  return rules.map((rule) =>
    barredBy(registry, rule.author) === null ? rule : { ...rule, actions: asking(rule.actions) },
  );
}

/** The same actions at the same places, with those that take effect inside the core as commands, which are refused like any other. */
const asking = (actions: readonly Action[]): Action[] => actions.map(ask);

function ask(action: Action): Action {
  switch (action.kind) {
    case 'mode':
    case 'variable':
    case 'emit':
    case 'automation':
      return { kind: 'command', target: { home: true }, command: action.kind };
    case 'set':
    case 'command':
      return Array.isArray(action.onFailure) ? { ...action, onFailure: asking(action.onFailure) } : action;
    case 'if':
      return { ...action, then: asking(action.then), ...(action.else && { else: asking(action.else) }) };
    case 'choose': {
      const choices = action.choices.map((each) => ({ ...each, then: asking(each.then) }));
      return { ...action, choices, ...(action.else && { else: asking(action.else) }) };
    }
    case 'repeat':
      return { ...action, actions: asking(action.actions) };
    case 'parallel':
      return { ...action, branches: action.branches.map(asking) };
    default:
      return action;
  }
}

const actsInside = (rule: Rule): boolean => JSON.stringify(asking(rule.actions)) !== JSON.stringify(rule.actions);

/**
 * What follows from edits of authors and rules, before the core is given its rules anew: what is under way and could not be refused
 * later ends here, namely runs that act inside the core, and those of a rule that goes and takes the name of its author along.
 */
export function takeAuthors(parts: Parts, step: Step, edits: readonly Edit[]): () => void {
  const { registry } = parts;
  noteDepartures(parts, edits);
  const touched = concerned(registry, edits);
  const departed = departedOf(parts, edits);
  const before = new Map(touched.map((rule) => [rule.id, barredAuthor(parts, rule.id)]));
  return () => {
    for (const rule of departed) {
      const is = barredAuthor(parts, rule);
      if (is !== null) endRuns(parts, step, rule, is);
    }
    for (const rule of touched) {
      const [was, is] = [before.get(rule.id) ?? null, barredAuthor(parts, rule.id)];
      const isGone = registry.get('automations', rule.id) === null;
      if ((was === null && is !== null && actsInside(rule)) || (was !== null && isGone))
        endRuns(parts, step, rule.id, is ?? was!);
      if (is !== null) step.changes.push({ topic: 'repair', id: repairId(rule.id), value: repairOf(rule, is) });
      else if (was !== null) step.changes.push({ topic: 'repair', id: repairId(rule.id), value: null });
    }
  };
}

function noteDepartures(parts: Parts, edits: readonly Edit[]): void {
  for (const { collection, id, value } of edits) {
    if (collection !== 'automations') continue;
    const author = parts.registry.get('automations', id)?.author;
    if (value !== null) parts.departed.forget(id);
    else if (author !== undefined && isUnderWay(parts, id)) parts.departed.left(id, author);
  }
}

const isUnderWay = ({ core, pending }: Parts, rule: string): boolean =>
  core.runs(rule).length > 0 || pending.list().some(({ command }) => command.rule === rule);

/** Lets go of the authors of rules that are no more, once nothing is left of what these did. */
export function forgetDeparted(parts: Parts): void {
  for (const [rule] of parts.departed.export()) if (!isUnderWay(parts, rule)) parts.departed.forget(rule);
}

/** Rules that are no more whose authors these edits concern. */
function departedOf({ departed }: Parts, edits: readonly Edit[]): string[] {
  const authors = new Set(edits.flatMap(({ collection, id }) => (collection === 'authors' ? [id] : [])));
  return departed.export().flatMap(([rule, author]) => (authors.has(author) ? [rule] : []));
}

/** The rules, as they are before the edits, whose authors these may concern. */
function concerned(registry: Registry, edits: readonly Edit[]): Rule[] {
  const authors = new Set(edits.flatMap(({ collection, id }) => (collection === 'authors' ? [id] : [])));
  const rules = new Set(edits.flatMap(({ collection, id }) => (collection === 'automations' ? [id] : [])));
  if (authors.size === 0 && registry.list('authors').length === 0) return [];
  return registry.list('automations').filter(({ id, author }) => rules.has(id) || authors.has(author ?? ''));
}

function endRuns({ core, runs }: Parts, { record, events }: Step, rule: string, author: BarredAuthor): void {
  const { sequence, at } = record;
  for (const { run } of core.runs(rule)) {
    runs.note(rule, run, { sequence, at: new Date(at).toISOString(), text: `FORBIDDEN: ${reasonOf(author)}` });
    events.push({ cancel: { rule, run }, sequence });
  }
}

/** Rules that do nothing until someone takes them over. */
export function authorRepairs({ registry }: Pick<Parts, 'registry'>): Repair[] {
  if (registry.list('authors').length === 0) return [];
  return registry.list('automations').flatMap((rule) => {
    const author = barredBy(registry, rule.author);
    return author === null ? [] : [repairOf(rule, author)];
  });
}

const REPAIR = 'author-';
const repairId = (rule: string): string => `${REPAIR}${rule}`;
export const isAuthorRepair = ({ id }: Repair): boolean => id.startsWith(REPAIR);

const repairOf = ({ id, name }: Rule, { name: author, standing, since }: BarredAuthor): Repair => ({
  id: repairId(id),
  automation: id,
  severity: 'warning',
  since,
  diagnosis: `The automation ${name ?? id} does nothing: it acts for ${author}, ${STANDINGS[standing]}.`,
  step: 'Look it over and save it, and it acts for you; or delete it.',
  fix: 'Let it act for me',
});
