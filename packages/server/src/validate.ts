// Checks values from outside against zod schemas, and says what is wrong as one HubError with a JSON pointer.

import { faultWords, HubError } from '@lintel/model';
import type { z } from 'zod';
import { escapePointer } from './json.ts';

type Issue = z.core.$ZodIssue;

/** @throws HubError UNKNOWN_FIELD or BAD_VALUE, with a pointer where `pointed` */
export function validate<Schema extends z.ZodType>(schema: Schema, value: unknown, pointed = true): z.output<Schema> {
  const result = schema.safeParse(value, { error: faultWords });
  if (result.success) return result.data;
  throw asHubError(innermost(result.error.issues, []), pointed);
}

interface Fault {
  readonly issue: Issue;
  readonly path: readonly PropertyKey[];
}

/** Of a union, the branch that got furthest says best what was meant. */
function innermost(issues: readonly Issue[], base: readonly PropertyKey[]): Fault {
  const faults = issues.map((issue): Fault => {
    const path = [...base, ...issue.path];
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return { issue, path };
    const branches = issue.errors.filter((errors) => errors.length > 0).map((errors) => innermost(errors, path));
    const deepest = branches.toSorted((a, b) => b.path.length - a.path.length)[0];
    return deepest !== undefined && deepest.path.length > path.length ? deepest : { issue, path };
  });
  // A misspelled field is also a missing one: the spelling is what helps.
  return faults.find(({ issue }) => issue.code === 'unrecognized_keys') ?? faults[0]!;
}

function asHubError({ issue, path }: Fault, pointed: boolean): HubError {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const full = unknown === undefined ? path : [...path, unknown];
  const pointer = full.map((step) => `/${escapePointer(String(step))}`).join('');
  const name = full.length === 0 ? 'The body' : String(full.at(-1));
  const detail =
    unknown === undefined
      ? `${name}: ${issue.message}`
      : `There is no field ${JSON.stringify(name.slice(0, 100))} here.`;
  return new HubError(unknown === undefined ? 'BAD_VALUE' : 'UNKNOWN_FIELD', detail, pointed ? { pointer } : {});
}
