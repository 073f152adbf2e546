// What every small editor is: it makes a new item, says whether its fields can show all of one, draws them and checks them.

import type { TemplateResult } from 'lit';
import { expressionProblem } from '@lintel/engine/expression';
import type { Action, Condition, Device, Expression, Group, Room, Rule, Scene, Trigger } from '@lintel/model';
import type { FieldNote } from '../elements/field.ts';
import type { Names } from '../readers/sentences.ts';
import { isDuration } from '../readers/durations.ts';
import { t } from '../strings/index.ts';

export type Item = Trigger | Condition | Action;
export type PartName = 'triggers' | 'conditions' | 'actions';

/** A person, a schedule or another thing that a rule names by its id. */
export interface NamedThing {
  readonly id: string;
  readonly name: string;
  /** What its values are, where it has any. */
  readonly type?: 'boolean' | 'number' | 'string';
}

/** What a rule can speak of. */
export interface EditorHome {
  readonly devices: readonly Device[];
  readonly rooms: readonly Room[];
  readonly groups: readonly Group[];
  readonly scenes: readonly Scene[];
  readonly rules: readonly Rule[];
  readonly people: readonly NamedThing[];
  readonly schedules: readonly NamedThing[];
  readonly variables: readonly NamedThing[];
  readonly mode: string;
}

export interface Editing<One> {
  readonly item: One;
  readonly change: (item: One) => void;
  readonly home: EditorHome;
  /** The whole rule, whose triggers other parts may name. */
  readonly rule: Rule;
  readonly names: Names;
  /** Where the item stands in the rule, such as `/actions/0`. */
  readonly pointer: string;
  /** Every error of the rule, and what is worth a look in it, by pointer. */
  readonly errors: Readonly<Record<string, FieldNote>>;
  /** Makes ids of fields unique in the page. */
  readonly id: (field: string) => string;
  /** The error at a pointer inside the item, such as `/for`. */
  readonly error: (pointer: string) => FieldNote | null;
}

/** Items inside an item: a list of them, or exactly one. */
export interface Nested {
  readonly part: PartName;
  /** Where they stand inside the item, such as `/then`. */
  readonly at: string;
  readonly items: readonly Item[];
  readonly single?: true;
}

export interface ItemEditor<One> {
  readonly kind: string;
  /** As the menu offers it, such as "A device changes". */
  readonly label: string;
  readonly icon: string;
  /** A new item; `rule` lets it begin with what the rule already speaks of. */
  readonly create: (home: EditorHome, rule: Rule) => One;
  /** True where the fields show everything the item says, so that nothing is lost by editing. */
  readonly fits: (item: One) => boolean;
  readonly fields: (editing: Editing<One>) => TemplateResult;
  /** What is missing, by pointer inside the item. */
  readonly check?: (item: One) => Readonly<Record<string, string | null>>;
  /** The items inside it, for checking them too. */
  readonly nested?: (item: One) => readonly Nested[];
}

/** True where `item` has no member beyond `known`. */
export const onlyHas = (item: object, known: readonly string[]): boolean =>
  Object.keys(item).every((key) => known.includes(key));

export const isScalar = (value: unknown): value is boolean | number | string | undefined =>
  ['boolean', 'number', 'string', 'undefined'].includes(typeof value);

/** True of one known value, of a list of them, and of nothing. */
export const areScalars = (value: unknown): boolean =>
  isScalar(value) || (Array.isArray(value) && value.every((each) => each !== undefined && isScalar(each)));

export const isExpression = (value: unknown): value is Expression =>
  typeof value === 'object' && value !== null && 'expression' in value && Object.keys(value).length === 1;

/** One value or several, as a list. */
export const asList = <One>(value: One | readonly One[] | undefined): readonly One[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly One[]) : [value as One];

/** A list as the rule language writes it: one value stands alone, and none is left out. */
export const asOneOrMany = <One>(values: readonly One[]): One | readonly One[] | undefined =>
  values.length > 1 ? values : values[0];

/** `item` without the members that are undefined: the hub refuses fields it does not know, and JSON has no undefined. */
export function compact<One extends object>(item: { [Key in keyof One]: One[Key] | undefined }): One {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as One;
}

/** A duration, a formula for one, or nothing. */
export const durationError = (value: unknown): string | null => {
  if (value === undefined) return null;
  if (isExpression(value)) return formulaError(value.expression);
  return typeof value === 'string' && isDuration(value) ? null : t.errors.duration;
};

/** Drops the entries without an error. */
export function errorsOf(found: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(Object.entries(found).filter((each): each is [string, string] => each[1] !== null));
}

/** A formula is needed, and one that can be read. */
export const formulaError = (text: unknown): string | null =>
  required(text) ?? (typeof text === 'string' ? expressionProblem(text) : null);

export const required = (value: unknown): string | null => {
  if (isExpression(value)) return formulaError(value.expression);
  return value === undefined || value === '' ? t.errors.required : null;
};

/** One known value, or a formula for it. */
export const computedFits = (value: unknown): boolean => isScalar(value) || isExpression(value);

/** What stands where a condition is needed and none was chosen yet. */
export const blankCondition: Condition = { kind: 'property', device: '', property: '', is: true };
