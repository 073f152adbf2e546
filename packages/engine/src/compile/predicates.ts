// Selectors and comparisons of triggers and conditions as predicates.

import { ORIGIN_KINDS } from '@lintel/model';
import type { DeviceSelector, KnownValue, Match, OriginKind } from '@lintel/model';
import * as abi from '../../../../assembly/abi.ts';
import type { DeviceSet, Members, Predicate } from './fragment.ts';
import { propertyKeyOf } from './fragment.ts';

export function listOf<T>(raw: T | readonly T[] | undefined): readonly T[] {
  if (raw === undefined) return [];
  return Array.isArray(raw) ? (raw as readonly T[]) : [raw as T];
}

/** Origins are numbered from 1, in the order of ORIGIN_KINDS. */
export function originMask(raw: OriginKind | readonly OriginKind[] | undefined): number {
  return listOf(raw).reduce((mask, kind) => mask | (1 << (ORIGIN_KINDS.indexOf(kind) + 1)), 0);
}

export function setOf(selector: Exclude<DeviceSelector, string>): DeviceSet {
  const kind = selector.kind ?? null;
  if ('devices' in selector) return { over: 'devices', ids: selector.devices, kind };
  if ('room' in selector) return { over: 'room', ids: [selector.room], kind };
  if ('floor' in selector) return { over: 'floor', ids: [selector.floor], kind };
  return { over: 'home', ids: [], kind };
}

export function membersOf(selector: DeviceSelector, property: string): Members {
  if (typeof selector !== 'string') return { type: 'set', set: setOf(selector), property };
  return { type: 'one', key: propertyKeyOf(selector, property), device: selector };
}

export function overOf(selector: DeviceSelector, match: Match | undefined): number {
  if (typeof selector === 'string') return abi.OVER_ONE;
  if (match === 'all') return abi.OVER_ALL;
  return match === 'none' ? abi.OVER_NONE : abi.OVER_ANY;
}

interface Comparison {
  readonly is?: KnownValue | readonly KnownValue[] | undefined;
  readonly above?: number | undefined;
  readonly below?: number | undefined;
  readonly between?: readonly [number, number] | undefined;
  readonly unknown?: boolean | undefined;
  readonly origin?: OriginKind | readonly OriginKind[] | undefined;
}

export function predicateOf(over: number, members: Members, comparison: Comparison): Predicate {
  const { is, above, below, between, unknown, origin } = comparison;
  let tests = 0;
  if (is !== undefined) tests |= abi.TEST_VALUES;
  if (above !== undefined) tests |= abi.TEST_ABOVE;
  if (below !== undefined) tests |= abi.TEST_BELOW;
  if (between !== undefined) tests |= abi.TEST_FROM | abi.TEST_TO;
  if (unknown !== undefined) tests |= unknown ? abi.TEST_UNKNOWN : abi.TEST_KNOWN;
  return {
    over,
    members,
    tests,
    values: listOf(is),
    low: between?.[0] ?? above ?? 0,
    high: between?.[1] ?? below ?? 0,
    origins: originMask(origin),
  };
}
