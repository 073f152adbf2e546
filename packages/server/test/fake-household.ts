// People, variables, schedules and notifications of a home in memory.

import type { ChangeBody, Collection, Hub, PersonView, ScheduleView, VariableView } from '@lintel/hub';
import { HubError, type Notification } from '@lintel/model';
import { AT, collection } from './fake-things.ts';

const NOTIFICATION: Notification = {
  id: 'n1-0',
  at: AT,
  text: 'The washing machine is done.',
  actions: [{ id: 'ok', title: 'Thank you' }],
  critical: false,
  automation: 'laundry',
};

type Household = Pick<Hub, 'people' | 'variables' | 'schedules' | 'notifications' | 'webhook' | 'pending' | 'why'>;

export function fakeHousehold(tell: (body: ChangeBody) => void, asked: [string, unknown][]): Household {
  const variables = collection<VariableView>('variable', tell);
  return {
    people: viewed(collection<PersonView>('person', tell), { sources: [], presence: null, since: null }),
    variables: {
      ...variables,
      create: (body, by) =>
        variables.create({ type: 'number', value: null, ...(body as object), id: (body as { name: string }).name }, by),
    },
    schedules: viewed(collection<ScheduleView>('schedule', tell), { value: null }),
    notifications: {
      list: () => [NOTIFICATION],
      act: async (id, action) => ({ ...known(id), answered: { action, at: AT, by: { kind: 'user' } } }),
      test: async () => NOTIFICATION,
      remove: async (id) => void known(id),
    },
    pending: {
      list: () => [
        {
          id: 'run:laundry:1',
          kind: 'run',
          at: AT,
          since: AT,
          text: 'Laundry: waits for a time',
          origin: { kind: 'automation', id: 'laundry' },
          automation: 'laundry',
          run: 1,
          pointers: ['/actions/0'],
          cancellable: false,
        },
      ],
      cancel: async (id) => {
        throw new HubError('NOT_FOUND', `Nothing pending has the id ${id}.`);
      },
    },
    why: async (query) => {
      if (query.device === undefined) throw new HubError('BAD_VALUE', 'Ask for a device and a property.');
      const link = { sequence: 1, at: AT, kind: 'report', origin: { kind: 'device' }, text: 'on' } as const;
      return { value: true, chain: [link] };
    },
    webhook: async (key, data) => {
      if (key !== 'letterbox') throw new HubError('NOT_FOUND', 'No automation waits for this webhook.');
      asked.push(['webhook', { key, data }]);
    },
  };
}

function known(id: string): Notification {
  if (id === NOTIFICATION.id) return NOTIFICATION;
  throw new HubError('NOT_FOUND', `There is no notification ${id}.`);
}

/** Things that are shown with more than people wrote. */
const viewed = <T extends { readonly id: string }>(things: Collection<T>, more: Partial<T>): Collection<T> => ({
  ...things,
  create: (body, by) => things.create({ ...more, ...(body as object) }, by),
});
