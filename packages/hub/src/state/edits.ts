// People's edits of the home: the documents change, and the core is told what concerns it.

import { isDeepStrictEqual } from 'node:util';
import type { Home, Rule, Variable } from '@lintel/model';
import type { Edit } from '../journal/records.ts';
import { rulesForCore, takeAuthors } from './authors.ts';
import { loadRules } from './load-rules.ts';
import { announceEdit, homeForCore, membership, type Parts, type Step } from './parts.ts';

const FOR_CORE: ReadonlySet<string> = new Set(['automations', 'devices', 'rooms', 'home', 'authors']);

export function takeEdits(parts: Parts, step: Step, edits: readonly Edit[]): void {
  const { registry } = parts;
  const before = registry.home;
  const switches = switchesOf(parts, edits);
  const followAuthors = takeAuthors(parts, step, edits);
  parts.registry.apply(edits);
  followAuthors();
  step.edits.push(...edits);
  for (const edit of edits) announceEdit(parts, step, edit);
  const isModeAlone = edits.every(({ collection }) => collection === 'home') && samePlace(before, registry.home);
  if (switches !== null) {
    step.switched = true;
    step.events.push(...switches.map((each) => ({ ...each, sequence: step.record.sequence })));
  } else if (edits.some(({ collection }) => FOR_CORE.has(collection)) && !isModeAlone) {
    replaceRules(parts, step);
  }
  const mode = registry.home?.mode;
  if (mode !== undefined && mode !== before?.mode) step.events.push({ mode, sequence: step.record.sequence });
  for (const { collection, id, value } of edits) {
    if (collection === 'variables') takeVariable(step, id, value as Variable | null);
  }
}

/** Rules switched on or off and nothing else: their runs go on. Null for any other edit. */
function switchesOf({ registry }: Parts, edits: readonly Edit[]): { rule: string; enabled: boolean }[] | null {
  const switches = edits.map(({ collection, id, value }) => {
    const known = collection === 'automations' ? registry.get('automations', id) : null;
    const next = value as Rule | null;
    const enabled = next?.enabled ?? true;
    if (known === null || next === null || (known.enabled ?? true) === enabled) return null;
    return isDeepStrictEqual(textOf(known), textOf(next)) ? { rule: id, enabled } : null;
  });
  return switches.includes(null) ? null : switches.filter((each) => each !== null);
}

function textOf({ enabled: _enabled, author: _author, version: _version, ...text }: Rule): unknown {
  return text;
}

/** A variable that is taken away is unknown. */
function takeVariable({ events, record }: Step, variable: string, document: Variable | null): void {
  events.push({ variable, value: document?.value ?? null, sequence: record.sequence });
}

/** Gives the core the rules, devices and place as the documents have them. */
export function replaceRules(parts: Parts, step: Step): void {
  const { registry, core } = parts;
  const options = { devices: membership(parts, step.record.at), home: homeForCore(registry) };
  const { refused } = loadRules(rulesForCore(registry), (rules) => core.replaceRules(rules, options));
  step.troubles.push(...refused);
}

/** A core that knows less than the documents, since no image of it was left, is told. */
export function tellVariables({ registry, core }: Parts, { events, record: { sequence } }: Step): void {
  for (const { name, value } of registry.list('variables'))
    if (core.variable(name) !== value) events.push({ variable: name, value, sequence });
}

const samePlace = (before: Home | null, after: Home | null): boolean =>
  before?.latitude === after?.latitude &&
  before?.longitude === after?.longitude &&
  before?.timeZone === after?.timeZone &&
  String(before?.holidays) === String(after?.holidays);
