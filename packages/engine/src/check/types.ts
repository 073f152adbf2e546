// With devices known: whether rules name devices and properties that exist, and values that fit them.

import type { Action, ProblemCode, PropertyDescription, Rule, Target } from '@lintel/model';
import type { Fragment } from '../compile/fragment.ts';
import { RuleError, below } from '../errors.ts';
import type { HomeMap } from '../link/members.ts';
import { isExpression } from './actions.ts';
import { isObject, show } from './reader.ts';

/** Throws RuleError at the first place that does not fit; does nothing where devices are not known. */
export function checkTypes(fragments: readonly Fragment[], map: HomeMap): void {
  for (const { rule } of fragments) {
    const [first] = typeFaults(rule, map);
    if (first !== undefined) throw new RuleError(rule.id, first.pointer, first.message);
  }
}

export interface TypeFault {
  readonly code: Extract<ProblemCode, `unknown-${string}` | 'type'>;
  readonly pointer: string;
  readonly message: string;
}

/** Every place that does not fit, in the order of the rule; none where devices are not known. */
export function typeFaults(rule: Rule, map: HomeMap): readonly TypeFault[] {
  return map.known ? new TypeChecker(rule, map).check() : [];
}

class TypeChecker {
  readonly #rule: Rule;
  readonly #map: HomeMap;
  readonly #faults: TypeFault[] = [];

  constructor(rule: Rule, map: HomeMap) {
    this.#rule = rule;
    this.#map = map;
  }

  check(): readonly TypeFault[] {
    for (const part of ['triggers', 'conditions', 'actions'] as const) this.#walk(this.#rule[part] ?? [], `/${part}`);
    return this.#faults;
  }

  #fail(pointer: string, message: string, code: TypeFault['code'] = 'type'): void {
    this.#faults.push({ code, pointer, message });
  }

  /** Looks at every object of the rule, since devices stand at many depths. */
  #walk(raw: unknown, pointer: string): void {
    if (Array.isArray(raw)) {
      for (const [index, item] of raw.entries()) this.#walk(item, below(pointer, index));
      return;
    }
    if (!isObject(raw) || isExpression(raw)) return;
    if (raw['kind'] === 'set') return this.#set(raw as unknown as Extract<Action, { kind: 'set' }>, pointer);
    if (raw['kind'] === 'property') this.#property(raw, pointer);
    else this.#devices(raw, pointer);
    for (const [key, item] of Object.entries(raw))
      if (key !== 'args' && key !== 'data') this.#walk(item, below(pointer, key));
  }

  #devices(raw: Readonly<Record<string, unknown>>, pointer: string): void {
    if (typeof raw['device'] === 'string') this.#device(raw['device'], below(pointer, 'device'));
    if (!Array.isArray(raw['devices'])) return;
    for (const [index, id] of raw['devices'].entries()) {
      if (typeof id === 'string') this.#device(id, below(below(pointer, 'devices'), index));
    }
  }

  #device(ref: string, pointer: string): boolean {
    const known = this.#map.knows(ref);
    if (!known) this.#fail(pointer, `there is no device ${show(ref)}`, 'unknown-device');
    return known;
  }

  /** A property condition or trigger. */
  #property(raw: Readonly<Record<string, unknown>>, pointer: string): void {
    const { device, property } = raw;
    if (typeof device !== 'string' || typeof property !== 'string') return;
    if (!this.#device(device, below(pointer, 'device'))) return;
    const description = this.#describe(device, property, below(pointer, 'property'));
    if (description === undefined) return;
    for (const key of ['becomes', 'from', 'is']) {
      const values = raw[key];
      if (values === undefined) continue;
      const list: readonly unknown[] = Array.isArray(values) ? values : [values];
      for (const [index, value] of list.entries()) {
        this.#type(description, value, Array.isArray(values) ? below(below(pointer, key), index) : below(pointer, key));
      }
    }
    for (const key of ['above', 'below', 'between']) {
      if (raw[key] !== undefined && description.type !== 'number') {
        this.#fail(below(pointer, key), `${property} is a ${description.type}, and ${key} goes with numbers`);
      }
    }
  }

  #describe(ref: string, property: string, pointer: string): PropertyDescription | undefined {
    const description = this.#map.describe(ref, property);
    const message = `${show(this.#map.nameOf(ref))} has no property ${show(property)}`;
    if (description === undefined) this.#fail(pointer, message, 'unknown-property');
    return description;
  }

  #type(description: PropertyDescription, value: unknown, pointer: string): void {
    if (value === null) return;
    if (typeof value !== description.type) this.#fail(pointer, `expected a ${description.type}, not ${show(value)}`);
    else if (description.values !== null && !description.values.includes(value as string)) {
      this.#fail(pointer, `expected ${description.values.join(', ')}, not ${show(value)}`);
    }
  }

  #set(action: Extract<Action, { kind: 'set' }>, pointer: string): void {
    const { target } = action;
    this.#devices(target as unknown as Readonly<Record<string, unknown>>, below(pointer, 'target'));
    for (const ref of devicesOf(target).filter((each) => this.#map.knows(each))) {
      for (const [property, value] of Object.entries(action.values)) {
        this.#value(ref, property, value, below(below(pointer, 'values'), property));
      }
    }
    if (Array.isArray(action.onFailure)) this.#walk(action.onFailure, below(pointer, 'onFailure'));
  }

  #value(ref: string, property: string, value: unknown, pointer: string): void {
    const description = this.#describe(ref, property, pointer);
    if (description === undefined) return;
    if (!description.settable)
      return this.#fail(pointer, `${property} of ${show(this.#map.nameOf(ref))} cannot be set`);
    if (isExpression(value)) return;
    this.#type(description, value, pointer);
    const { min, max } = description;
    if (typeof value !== 'number' || ((min === null || value >= min) && (max === null || value <= max))) return;
    this.#fail(pointer, `expected ${min ?? '−∞'} to ${max ?? '∞'}, not ${value}`);
  }
}

export function devicesOf(target: Target): readonly string[] {
  if ('device' in target) return [target.device];
  return 'devices' in target ? target.devices : [];
}
