// Rooms, groups, scenes, people and schedules share one way of being made, changed and removed.

import { HubError, type Origin } from '@lintel/model';
import { z } from 'zod';
import type { Collection } from '../interface.ts';
import type { Edit } from '../journal/records.ts';
import type { Kernel } from '../kernel.ts';
import type { Documents } from '../registry/registry.ts';
import { idSchema, parseBody } from './validate.ts';

type CollectionWithIds = 'rooms' | 'groups' | 'scenes' | 'people' | 'schedules';

export interface CollectionSpec<Name extends CollectionWithIds> {
  readonly name: Name;
  /** What one is called in an error. */
  readonly noun: string;
  readonly shape: z.ZodRawShape;
  readonly max: number;
  /** Gives what was left out its default. */
  readonly complete?: (thing: Documents[Name]) => Documents[Name];
  /** Checks that reach beyond the body, such as that the devices exist. */
  readonly check?: (thing: Documents[Name]) => void;
  /** What else changes when one is removed. */
  readonly onRemove?: (id: string) => readonly Edit[];
}

export function collection<Name extends CollectionWithIds>(
  kernel: Kernel,
  spec: CollectionSpec<Name>,
): Collection<Documents[Name]> {
  type Thing = Documents[Name];
  const { registry } = kernel.machine;
  const createSchema = z.strictObject({ id: idSchema.optional(), ...spec.shape });
  const changeSchema = z.strictObject(spec.shape).partial();
  const get = (id: string): Thing => {
    const thing = registry.get(spec.name, id);
    if (thing === null) throw new HubError('NOT_FOUND', `there is no ${spec.noun} ${JSON.stringify(id.slice(0, 64))}`);
    return thing;
  };
  const put = async (given: Thing, by: Origin): Promise<Thing> => {
    const thing = spec.complete?.(given) ?? given;
    spec.check?.(thing);
    await kernel.commit([{ collection: spec.name, id: thing.id, value: thing }], by);
    return thing;
  };
  return {
    list: () => registry.list(spec.name),
    get,
    create: async (body, by) => {
      const asked = parseBody(createSchema, body) as { id?: string };
      const id = asked.id ?? kernel.newId();
      if (registry.get(spec.name, id) !== null) {
        throw new HubError('ID_TAKEN', `there is a ${spec.noun} ${JSON.stringify(id)} already`, { pointer: '/id' });
      }
      if (registry.list(spec.name).length >= spec.max)
        throw new HubError('TOO_LARGE', `a home has at most ${spec.max} ${spec.name}`);
      return put({ ...asked, id } as Thing, by);
    },
    change: async (id, body, by) => {
      const asked = parseBody(changeSchema, body) as object;
      const given = Object.entries(asked).filter(([, value]) => value !== undefined);
      return put({ ...get(id), ...Object.fromEntries(given) }, by);
    },
    remove: async (id, by) => {
      get(id);
      await kernel.commit([{ collection: spec.name, id, value: null }, ...(spec.onRemove?.(id) ?? [])], by);
    },
  };
}
