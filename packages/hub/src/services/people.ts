// The people of the home, with or without accounts, and what tells whether they are home.

import { HubError, type Origin, type Person } from '@lintel/model';
import { z } from 'zod';
import type { Collection, PersonView } from '../interface.ts';
import type { Kernel } from '../kernel.ts';
import { PEOPLE_MAX } from '../limits.ts';
import { personView } from '../state/parts.ts';
import { collection } from './collections.ts';
import { idSchema, nameSchema } from './validate.ts';

const PERSON_SOURCES_MAX = 20;
const sourceSchema = z
  .string()
  .regex(/^[a-z0-9-]{1,32}:[^\p{Cc}]{1,200}$/u, 'expected a device, or a source of a plugin such as "phones:ada"');

export function peopleService(kernel: Kernel): Collection<PersonView> {
  const { registry, presence } = kernel.machine;
  const people = collection(kernel, {
    name: 'people',
    noun: 'person',
    max: PEOPLE_MAX,
    shape: {
      name: nameSchema,
      user: idSchema.nullable().optional(),
      sources: z.array(sourceSchema).max(PERSON_SOURCES_MAX).optional(),
    },
    check: ({ id, sources }) => {
      if (id === 'anyone' || id === 'everyone')
        throw new HubError('BAD_VALUE', `${id} means all people: choose another id`, { pointer: '/id' });
      const twice = sources.findIndex((source, index) => sources.indexOf(source) !== index);
      if (twice !== -1) throw new HubError('BAD_VALUE', 'this source is named twice', { pointer: `/sources/${twice}` });
    },
    complete: (person) => ({ ...person, sources: person.sources ?? [] }),
  });
  const view = (person: Person): PersonView => personView(person, presence.state(person.id));
  return {
    list: () => registry.list('people').map(view),
    get: (id) => view(people.get(id)),
    create: async (body: unknown, by: Origin) => view(await people.create(body, by)),
    change: async (id, body, by) => view(await people.change(id, body, by)),
    remove: people.remove,
  };
}
