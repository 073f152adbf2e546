// What `z` is in a plugin's process: every schema can be built, none can be asked. The hub has validated the settings.

const ASKING = new Set(['parse', 'safeParse', 'parseAsync', 'safeParseAsync', 'decode', 'encode']);

function refuse(): never {
  throw new Error(
    'the z of @lintel/sdk describes settings, which the hub validates; to parse other data import zod in your plugin',
  );
}

/** Answers itself to whatever is read from it, called on it or made of it. */
const inert: unknown = new Proxy(() => undefined, {
  get: (_target, name) => {
    if (typeof name === 'symbol' || name === 'then') return undefined;
    return ASKING.has(name) ? refuse : inert;
  },
  apply: () => inert,
  construct: () => inert as object,
});

export { inert as z };
