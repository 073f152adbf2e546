// The table of routes. Each names its least role and its schemas: the table is what is served, what is authorized and what
// /api/openapi.json describes, so that the three cannot differ.

import type { IncomingMessage } from 'node:http';
import { invariant } from '@lintel/model';
import { z } from 'zod';
import { LEAST_ROLES, type Identity, type LeastRole } from './authorize.ts';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

/** The identity a handler gets: certain, unless the route is public. */
export type Caller<Role extends LeastRole> = Role extends 'public' ? Identity | null : Identity;

export interface Call<Role extends LeastRole, Body, Query> {
  readonly identity: Caller<Role>;
  readonly body: Body;
  readonly query: Query;
  /** A parameter of the path, decoded. */
  param(name: string): string;
  readonly incoming: IncomingMessage;
}

export interface Answer {
  readonly status: number;
  /** JSON, unless it is text with a content type of its own, or JSON written already as bytes; none for 204. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of a body: a file of this path, with a content type of its own. */
  readonly file?: string;
}

interface RouteBase {
  readonly method: Method;
  /** Such as `/api/rooms/:id`. */
  readonly path: string;
  /** One sentence for the description. */
  readonly summary: string;
  /** Schemas of the answers by status, null for those without a body. */
  readonly answers: Readonly<Record<number, z.ZodType | null>>;
  /** The content type of the answers where it is not JSON. */
  readonly type?: string;
  /** Whether it is noted in the audit log; by default where it changes something and asks for an admin or more. */
  readonly audit?: boolean;
}

export interface RouteSpec<Role extends LeastRole, Body extends z.ZodType, Query extends z.ZodType> extends RouteBase {
  readonly role: Role;
  readonly body?: Body;
  readonly query?: Query;
  /** Refuses (FORBIDDEN) what the role alone allows, by the body as it came; asked before the body is validated. */
  readonly restrict?: (identity: Caller<Role>, raw: unknown) => void;
  readonly handle: (call: Call<Role, z.output<Body>, z.output<Query>>) => Answer | Promise<Answer>;
}

export interface Route extends Omit<RouteBase, 'audit'> {
  readonly role: LeastRole;
  readonly body: z.ZodType | null;
  readonly query: z.ZodType;
  readonly audit: boolean;
  readonly restrict: ((identity: Identity | null, raw: unknown) => void) | null;
  readonly handle: (call: Call<'public', unknown, unknown>) => Answer | Promise<Answer>;
}

const NOTHING_ASKED = z.strictObject({});
const NO_BODY = NOTHING_ASKED.optional();

type Empty = typeof NOTHING_ASKED;

/**
 * Defines a route; what it leaves out is refused: a body or query it does not describe, and any caller below its role.
 * @throws InternalError for a route without a role, so that the server does not start
 */
export function route<Role extends LeastRole, Body extends z.ZodType = typeof NO_BODY, Query extends z.ZodType = Empty>(
  spec: RouteSpec<Role, Body, Query>,
): Route {
  invariant(LEAST_ROLES.includes(spec.role), `${spec.method} ${spec.path} declares no role`);
  const takesBody = spec.method === 'POST' || spec.method === 'PUT' || spec.method === 'PATCH';
  return {
    ...spec,
    body: takesBody ? (spec.body ?? NO_BODY) : null,
    query: spec.query ?? NOTHING_ASKED,
    audit: spec.audit ?? (spec.method !== 'GET' && (spec.role === 'admin' || spec.role === 'owner')),
    // The dispatcher has authorized the caller and validated body and query against this very spec.
    restrict: (spec.restrict ?? null) as Route['restrict'],
    handle: spec.handle as unknown as Route['handle'],
  };
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const noContent: Answer = { status: 204 };

/** Matches the addresses of a route. */
export function pathPattern(path: string): RegExp {
  const escaped = path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll(/:[A-Za-z]+/g, '[^/]+')}$`);
}
