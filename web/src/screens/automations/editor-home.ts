// What a rule can speak of, gathered from the store and from the lists that are fetched for the editor.

import type { Person, Schedule, Variable } from '@lintel/model';
import type { ReactiveControllerHost } from 'lit';
import type { EditorHome, NamedThing } from '../../editor/kit.ts';
import type { Names } from '../../readers/sentences.ts';
import { Fetched } from '../../store/fetched.ts';
import { store } from '../../store/store.ts';
import { names } from './names.ts';

const typeOf = (value: unknown): { readonly type?: NonNullable<NamedThing['type']> } =>
  typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string'
    ? { type: typeof value as NonNullable<NamedThing['type']> }
    : {};

export class Household {
  readonly #people: Fetched<Person>;
  readonly #schedules: Fetched<Schedule>;
  readonly #variables: Fetched<Variable>;

  constructor(host: ReactiveControllerHost) {
    this.#people = new Fetched(host, '/people');
    this.#schedules = new Fetched(host, '/schedules');
    this.#variables = new Fetched(host, '/variables');
  }

  home(): EditorHome {
    const { state } = store;
    return {
      devices: [...state.devices.values()],
      rooms: store.rooms(),
      groups: [...state.groups.values()],
      scenes: [...state.scenes.values()],
      rules: [...state.automations.values()],
      people: this.#people.items,
      schedules: this.#schedules.items.map(({ id, name, blocks }) => ({ id, name, ...typeOf(blocks[0]?.value) })),
      variables: this.#variables.items.map(({ name, type }) => ({ id: name, name, type })),
      mode: state.home?.mode ?? 'home',
    };
  }

  /** Names for sentences, with those of people and schedules. */
  names(): Names {
    const nameOf = (things: readonly NamedThing[], id: string): string =>
      things.find((each) => each.id === id)?.name ?? id;
    return {
      ...names,
      person: (id) => nameOf(this.#people.items, id),
      schedule: (id) => nameOf(this.#schedules.items, id),
    };
  }
}
