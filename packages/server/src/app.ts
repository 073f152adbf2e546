// The Hono app: every request takes one way, host and origin already checked. Who is it, may they, is the body one, does it
// fit, and only then the route's own work.

import { createReadStream } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import type { HttpBindings } from '@hono/node-server';
import { HubError, invariant } from '@lintel/model';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { authorize, type Identity } from './authorize.ts';
import { addressOf, identify } from './callers.ts';
import { discardBody } from './discard.ts';
import { LIVE_PATH } from './guard.ts';
import { API_HEADERS } from './headers.ts';
import { readJsonBody } from './json.ts';
import { bestEncoding, compressNow, type Bytes } from './encoding.ts';
import { BODY_BYTES_MAX, COMPRESSED_BYTES_MIN, PUBLIC_BODY_BYTES_MAX } from './limits.ts';
import { asHubError, problemOf } from './problems.ts';
import { pathPattern, type Answer, type Route } from './routes.ts';
import type { Services } from './services.ts';
import { validate } from './validate.ts';
import type { WebFiles } from './web-files.ts';

type AppContext = Context<{ Bindings: HttpBindings }>;
export type App = Hono<{ Bindings: HttpBindings }>;

/**
 * @param upgrade takes over requests for the socket, and passes on the rest
 * @throws InternalError when two routes clash
 */
export function createApp(
  services: Services,
  routes: readonly Route[],
  web: WebFiles,
  upgrade: MiddlewareHandler,
): App {
  refuseTwins(routes);
  const app: App = new Hono();
  app.get(LIVE_PATH, upgrade);
  for (const route of routes)
    app.on(route.method, route.path, (context) => answer(services, context, () => dispatch(services, route, context)));
  const miss = missing(services, routes);
  for (const path of ['/api', '/api/*', '/metrics'])
    app.all(path, (context) => answer(services, context, () => miss(context)));
  app.all('*', (context) => web.respond(context.env.incoming, context.req.path));
  return app;
}

function refuseTwins(routes: readonly Route[]): void {
  const seen = new Set(routes.map(({ method, path }) => `${method} ${path}`));
  invariant(seen.size === routes.length, 'a route is defined twice');
}

async function dispatch(services: Services, route: Route, context: AppContext): Promise<Answer> {
  const identity = await identify(context.env.incoming, services.identities);
  if (!route.audit) return serve(route, identity, context);
  try {
    const done = await serve(route, identity, context);
    await note(services, route, identity, context, done.status);
    return done;
  } catch (error) {
    if (error instanceof HubError) await note(services, route, identity, context, error.status);
    throw error;
  }
}

/** What strangers try is noted where they may try at all, and only as often as they may. */
async function note(
  { audit, log }: Services,
  route: Route,
  identity: Identity | null,
  { env, req }: AppContext,
  status: number,
): Promise<void> {
  if (status === 429 || (identity === null && route.role !== 'public')) return;
  const entry = { identity, address: addressOf(env.incoming), action: `${route.method} ${req.path}`, status };
  await audit.note(entry).catch((error: unknown) => log.warn(`the audit log: ${String(error)}`));
}

async function serve(route: Route, identity: Identity | null, context: AppContext): Promise<Answer> {
  const { incoming } = context.env;
  authorize(identity, route.role);
  const raw = route.body === null ? undefined : await readJsonBody(incoming, limitOf(route));
  route.restrict?.(identity, raw);
  const query = validate(route.query, queryOf(context), false);
  const body = route.body === null ? undefined : validateBody(route, raw, incoming.headers['content-type']);
  return route.handle({ identity, body, query, incoming, param: (name) => paramOf(context, name) });
}

const limitOf = ({ role }: Route): number => (role === 'public' ? PUBLIC_BODY_BYTES_MAX : BODY_BYTES_MAX);

function validateBody({ body }: Route, raw: unknown, type: string | undefined): unknown {
  if (raw === undefined && !body!.safeParse(undefined).success)
    throw type === undefined
      ? new HubError('NOT_JSON', 'Send JSON, with the header content-type: application/json.')
      : new HubError('BAD_JSON', 'This needs a JSON body.');
  return validate(body!, raw);
}

/** Said twice, a parameter has no meaning. */
function queryOf(context: AppContext): Record<string, string> {
  const given = Object.entries(context.req.queries());
  const twice = given.find(([, values]) => values.length > 1);
  if (twice !== undefined) throw new HubError('BAD_VALUE', `${twice[0].slice(0, 100)}: give it once.`);
  return Object.fromEntries(given.map(([name, values]) => [name, values[0]!]));
}

function paramOf(context: AppContext, name: string): string {
  const value = context.req.param(name);
  invariant(value !== undefined, `the path has no parameter ${name}`);
  return value;
}

/** Addresses that no route has. A stranger does not even learn which those are. */
function missing({ identities }: Services, routes: readonly Route[]): (context: AppContext) => Promise<Answer> {
  const patterns = routes.map(({ method, path }) => ({ method, pattern: pathPattern(path) }));
  return async (context) => {
    authorize(await identify(context.env.incoming, identities), 'guest');
    const methods = patterns.filter(({ pattern }) => pattern.test(context.req.path)).map(({ method }) => method);
    if (methods.length === 0) throw new HubError('NOT_FOUND', 'There is nothing at this address.');
    const error = problemOf(new HubError('METHOD_NOT_ALLOWED', `This address takes ${methods.join(', ')}.`));
    return { ...error, headers: { ...error.headers, allow: methods.join(', ') } };
  };
}

async function answer(services: Services, context: AppContext, work: () => Promise<Answer>): Promise<Response> {
  let result: Answer;
  try {
    result = await work();
  } catch (error) {
    result = problemOf(asHubError(error, `${context.req.method} ${context.req.path}`, services.log));
  }
  services.metrics.countRequest(result.status);
  await discardBody(context.env.incoming, services.clock);
  return respond(result, context.env.incoming.headers['accept-encoding']);
}

async function respond({ status, body, headers, file }: Answer, accepted: string | undefined): Promise<Response> {
  invariant(STATUS_CODES[status] !== undefined, 'answers have a status');
  if (file !== undefined) return new Response(contentOf(file), { status, headers: { ...API_HEADERS, ...headers } });
  if (body === undefined) return new Response(null, { status, headers: { ...API_HEADERS, ...headers } });
  const all = { ...API_HEADERS, 'content-type': 'application/json', ...headers };
  const isText = typeof body === 'string' && all['content-type'].startsWith('text/');
  const bytes = body instanceof Uint8Array ? body : Buffer.from(isText ? body : JSON.stringify(body));
  if (bytes.length < COMPRESSED_BYTES_MIN) return new Response(bytes as Bytes, { status, headers: all });
  const vary = { ...all, vary: 'accept-encoding' };
  const encoding = bestEncoding(accepted);
  if (encoding === null) return new Response(bytes as Bytes, { status, headers: vary });
  const packed = await compressNow(bytes, encoding);
  return new Response(packed, { status, headers: { ...vary, 'content-encoding': encoding } });
}

const contentOf = (file: string): ReadableStream => Readable.toWeb(createReadStream(file)) as unknown as ReadableStream;
