// The description of the API, made from the table of routes that is served.

import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import type { Route } from './routes.ts';
import { problem } from './schemas/views.ts';

type Json = Record<string, unknown>;

export function describeApi(routes: readonly Route[], version: string): Json {
  const components: Json = {};
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = (paths[openApiPath(route.path)] ??= {});
    path[route.method.toLowerCase()] = operation(route, components);
  }
  schemaOf(problem, 'output', components);
  return {
    openapi: '3.1.0',
    info: { title: 'Lintel', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'lintel' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

const openApiPath = (path: string): string => path.replaceAll(/:([A-Za-z]+)/g, '{$1}');

function operation(route: Route, components: Json): Json {
  const isPublic = route.role === 'public';
  return {
    operationId: operationId(route),
    summary: route.summary,
    'x-lintel-role': route.role,
    security: isPublic ? [] : [{ session: [] }, { bearer: [] }],
    ...(parameters(route).length > 0 && { parameters: parameters(route) }),
    ...(route.body !== null && { requestBody: requestBody(route.body, components) }),
    responses: responses(route, components),
  };
}

/** `GET /api/rooms/:id/commands` is `getRoomsByIdCommands`. */
function operationId({ method, path }: Route): string {
  const words = path
    .replace(/^\/api\//, '')
    .split(/[/.]/)
    .filter((word) => word !== '');
  const named = words.map((word) => (word.startsWith(':') ? `By${capital(word.slice(1))}` : capital(word)));
  return method.toLowerCase() + named.join('');
}

const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);

function parameters({ path, query }: Route): Json[] {
  const inPath = [...path.matchAll(/:([A-Za-z]+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const { properties = {} } = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' });
  const inQuery = Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }));
  return [...inPath, ...inQuery];
}

function requestBody(body: z.ZodType, components: Json): Json {
  const required = !body.safeParse(undefined).success;
  return { required, content: { 'application/json': { schema: schemaOf(body, 'input', components) } } };
}

function responses({ answers, type, role }: Route, components: Json): Json {
  const described: Json = {};
  for (const [status, schema] of Object.entries(answers)) {
    const content =
      schema === null
        ? {}
        : { content: { [type ?? 'application/json']: { schema: schemaOf(schema, 'output', components) } } };
    described[status] = { description: STATUS_CODES[status] ?? '', ...content };
  }
  const refused = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  if (role !== 'public') described['401'] = { description: 'No identity, or an invalid one', content: refused };
  return { ...described, default: { description: 'A problem', content: refused } };
}

/** Schemas with an id of their own move to the components. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Json): unknown {
  const made = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  const { $schema: _, $defs = {}, ...rest } = made as Json & { $defs?: Json };
  for (const [name, definition] of Object.entries($defs)) components[name] = pointToComponents(definition);
  const id = schema.meta()?.id;
  if (id === undefined) return pointToComponents(rest);
  components[id] ??= pointToComponents(rest);
  return { $ref: `#/components/schemas/${id}` };
}

function pointToComponents(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(pointToComponents);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).filter(([key]) => key !== 'id' || typeof (schema as Json)['id'] !== 'string');
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string'
        ? value.replace('#/$defs/', '#/components/schemas/')
        : pointToComponents(value),
    ]),
  );
}
