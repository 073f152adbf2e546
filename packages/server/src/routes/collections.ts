// The routes that rooms, groups, scenes, people, variables and schedules share.

import type { Collection } from '@lintel/hub';
import { HubError } from '@lintel/model';
import type { z } from 'zod';
import { originOf, type Identity, type LeastRole } from '../authorize.ts';
import { page, pageOf, pageQuery } from '../pages.ts';
import { created, noContent, ok, route, type Route } from '../routes.ts';

export interface CollectionSpec<T extends { readonly id: string }> {
  /** Such as `/api/rooms`. */
  readonly path: string;
  readonly one: string;
  /** Where it is not `one` with an s. */
  readonly many?: string;
  readonly read: Exclude<LeastRole, 'public'>;
  readonly write: Exclude<LeastRole, 'public'>;
  readonly view: z.ZodType;
  readonly create: z.ZodType;
  readonly change: z.ZodType;
  readonly things: Collection<T>;
  readonly maySee?: (identity: Identity, id: string) => boolean;
}

export function collectionRoutes<T extends { readonly id: string }>(spec: CollectionSpec<T>): Route[] {
  return [listRoute(spec), oneRoute(spec), createRoute(spec), ...changeRoutes(spec)];
}

function listRoute<T extends { readonly id: string }>({
  path,
  one,
  many = `${one}s`,
  read,
  view,
  things,
  maySee,
}: CollectionSpec<T>): Route {
  return route({
    method: 'GET',
    path,
    role: read,
    summary: `All ${many}.`,
    query: pageQuery,
    answers: { 200: pageOf(view) },
    handle: ({ identity, query }) => {
      const visible = things.list().filter(({ id }) => maySee?.(identity, id) ?? true);
      return page(visible, query, ({ id }) => id);
    },
  });
}

function oneRoute<T extends { readonly id: string }>({
  path,
  one,
  read,
  view,
  things,
  maySee,
}: CollectionSpec<T>): Route {
  return route({
    method: 'GET',
    path: `${path}/:id`,
    role: read,
    summary: `One ${one}.`,
    answers: { 200: view },
    handle: ({ identity, param }) => {
      const thing = things.get(param('id'));
      if (maySee?.(identity, thing.id) === false) throw new HubError('NOT_FOUND', `There is no such ${one}.`);
      return ok(thing);
    },
  });
}

function createRoute<T extends { readonly id: string }>({
  path,
  one,
  write,
  view,
  create,
  things,
}: CollectionSpec<T>): Route {
  return route({
    method: 'POST',
    path,
    role: write,
    summary: `Adds a ${one}.`,
    body: create,
    answers: { 201: view },
    handle: async ({ identity, body }) => created(await things.create(body, originOf(identity))),
  });
}

function changeRoutes<T extends { readonly id: string }>({
  path,
  one,
  write,
  view,
  change,
  things,
}: CollectionSpec<T>): Route[] {
  return [
    route({
      method: 'PATCH',
      path: `${path}/:id`,
      role: write,
      summary: `Changes the given fields of a ${one}.`,
      body: change,
      answers: { 200: view },
      handle: async ({ identity, body, param }) => ok(await things.change(param('id'), body, originOf(identity))),
    }),
    route({
      method: 'DELETE',
      path: `${path}/:id`,
      role: write,
      summary: `Removes a ${one}.`,
      answers: { 204: null },
      handle: async ({ identity, param }) => {
        await things.remove(param('id'), originOf(identity));
        return noContent;
      },
    }),
  ];
}
