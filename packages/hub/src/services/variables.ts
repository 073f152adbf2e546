// The home's own values, by name. Rules read and write them; people describe what they may be.

import { HubError, type Origin, type Value, type Variable } from '@lintel/model';
import { z } from 'zod';
import type { Collection, VariableView } from '../interface.ts';
import type { Kernel } from '../kernel.ts';
import { VARIABLES_MAX } from '../limits.ts';
import { parseBody, valueSchema } from './validate.ts';

const variableName = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}_][\p{L}\p{N} _.-]{0,63}$/u,
    'a variable is named with letters, digits, space, _, . and -, at most 64',
  );
const limits = { min: z.number().nullable().optional(), max: z.number().nullable().optional() };
const createSchema = z.strictObject({
  name: variableName,
  type: z.enum(['boolean', 'number', 'string']).optional(),
  ...limits,
  value: valueSchema.optional(),
});
const changeSchema = z.strictObject({ ...limits, value: valueSchema.optional() });

type Limits = z.output<typeof changeSchema>;

export function variableService(kernel: Kernel): Collection<VariableView> {
  const { registry } = kernel.machine;
  const get = (name: string): VariableView => {
    const known = registry.get('variables', name);
    if (known === null) throw new HubError('NOT_FOUND', `there is no variable ${JSON.stringify(name.slice(0, 64))}`);
    return known;
  };
  const put = async (variable: VariableView, by: Origin): Promise<VariableView> => {
    check(variable);
    await kernel.commit([{ collection: 'variables', id: variable.name, value: variable }], by);
    return variable;
  };
  return {
    list: () => registry.list('variables'),
    get,
    create: async (body, by) => {
      const { name, type, value = null, ...rest } = parseBody(createSchema, body);
      if (registry.get('variables', name) !== null)
        throw new HubError('NAME_TAKEN', `there is a variable ${JSON.stringify(name)} already`, { pointer: '/name' });
      if (registry.list('variables').length >= VARIABLES_MAX)
        throw new HubError('TOO_LARGE', `a home has at most ${VARIABLES_MAX} variables`);
      return put(described({ id: name, name, type: type ?? typeOf(value), value }, rest), by);
    },
    change: async (name, body, by) => {
      const { value, ...rest } = parseBody(changeSchema, body);
      const known = get(name);
      return put(described(value === undefined ? known : { ...known, value }, rest), by);
    },
    remove: async (name, by) => {
      get(name);
      await kernel.commit([{ collection: 'variables', id: name, value: null }], by);
    },
  };
}

function typeOf(value: Value): Variable['type'] {
  if (value !== null) return typeof value as Variable['type'];
  throw new HubError('BAD_VALUE', 'say what this variable is: boolean, number or string', { pointer: '/type' });
}

/** Limits that are null are taken away. */
function described(variable: VariableView, limits: Pick<Limits, 'min' | 'max'>): VariableView {
  const all = { ...variable, ...limits };
  const entries = Object.entries(all).filter(
    ([field, each]) => each !== undefined && (each !== null || (field !== 'min' && field !== 'max')),
  );
  return Object.fromEntries(entries) as unknown as VariableView;
}

function check({ name, type, min, max, value }: VariableView): void {
  const fail = (pointer: string, detail: string): never => {
    throw new HubError('BAD_VALUE', detail, { pointer });
  };
  if (type !== 'number' && min !== undefined) fail('/min', `${name} is no number: it has no least value`);
  if (type !== 'number' && max !== undefined) fail('/max', `${name} is no number: it has no greatest value`);
  if (min !== undefined && max !== undefined && min > max) fail('/max', `expected at least ${min}`);
  if (value === null) return;
  if (typeof value !== type) fail('/value', `${name}: expected a ${type}, not ${JSON.stringify(value)}`);
  if (typeof value === 'number' && (value < (min ?? value) || value > (max ?? value)))
    fail('/value', `${name}: expected a number from ${min ?? '−∞'} to ${max ?? '∞'}, not ${value}`);
}
