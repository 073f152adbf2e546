// matter.js's model of the standard. It is asked the same questions for every cluster of every device, and works each answer
// out anew by walking through the model. With a memory a home of fifty devices starts sooner.

import { ClusterModel, Matter } from '@matter/main/model';

/** What only depends on the cluster, and on what it inherits from. */
const LASTING = [
  'features',
  'featureMap',
  'definedFeatures',
  'supportedFeatures',
  'attributes',
  'commands',
  'events',
  'properties',
  'allAces',
] as const;

/** Remembers what the getter answers of whatever is frozen, for then all that it inherits is too. */
function remember(prototype: object, name: string): void {
  const described = Object.getOwnPropertyDescriptor(prototype, name);
  const work = described?.get;
  if (work === undefined) throw new Error(`the model has no ${name}`);
  const known = new WeakMap<object, unknown>();
  const get = function (this: object): unknown {
    if (!Object.isFrozen(this)) return work.call(this);
    if (!known.has(this)) known.set(this, work.call(this));
    return known.get(this);
  };
  Object.defineProperty(prototype, name, { ...described, get });
}

let isIndexed = false;

/** To be called before any node is made; again it does nothing. */
export function indexModel(): void {
  if (isIndexed) return;
  isIndexed = true;
  for (const name of ['clusters', 'deviceTypes'] as const) Object.defineProperty(Matter, name, { value: Matter[name] });
  for (const name of LASTING) remember(ClusterModel.prototype, name);
  // Of a frozen model matter.js itself remembers which parts stand for which.
  Object.freeze(Matter);
}
