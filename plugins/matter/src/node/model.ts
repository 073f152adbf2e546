// matter.js's model of the standard. It is asked the same questions for every cluster of every device, and works each answer
// out anew by walking through the model. With a memory a home of fifty devices starts sooner.

import { ClusterModel, Matter, Model, ValueModel } from '@matter/main/model';
import { RootSupervisor } from '@matter/main/node';

/** What only depends on the cluster, and on what it inherits from. */
const OF_CLUSTERS = [
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

/** The same of what stands in a cluster: attributes, commands, events, fields. */
const OF_VALUES = [
  'effectiveAccess',
  'effectiveConformance',
  'effectiveConstraint',
  'effectiveMetatype',
  'effectiveQuality',
  'metabase',
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

type Question = 'membersOf' | 'persistentKeys';
type KeyOf = (schema: RootSupervisor['schema'], given: readonly unknown[]) => string | null;

/** A supervisor serves one schema for good. `keyOf` tells apart what it is asked of that; null of anything else. */
function rememberAnswers(name: Question, keyOf: KeyOf): void {
  const work = RootSupervisor.prototype[name] as ((...given: unknown[]) => unknown) | undefined;
  if (work === undefined) throw new Error(`a supervisor has no ${name}`);
  const known = new WeakMap<RootSupervisor, Map<string, unknown>>();
  const answer = function (this: RootSupervisor, ...given: unknown[]): unknown {
    const key = Object.isFrozen(this.schema) ? keyOf(this.schema, given) : null;
    if (key === null) return work.apply(this, given);
    const answers = known.get(this) ?? new Map<string, unknown>();
    known.set(this, answers);
    if (!answers.has(key)) answers.set(key, work.apply(this, given));
    return answers.get(key);
  };
  Object.defineProperty(RootSupervisor.prototype, name, { value: answer, configurable: true, writable: true });
}

const primaryKeyOf: KeyOf = (_schema, [primaryKey = 'name']) => String(primaryKey);

const membersKeyOf: KeyOf = (schema, [asked, options]) => {
  const { tags = [], conformance = '' } = (options ?? {}) as { tags?: Iterable<string>; conformance?: string };
  return asked === schema ? `${[...tags].join()}/${conformance}` : null;
};

let isIndexed = false;

/** To be called before any node is made; again it does nothing. */
export function indexModel(): void {
  if (isIndexed) return;
  isIndexed = true;
  for (const name of ['clusters', 'deviceTypes'] as const) Object.defineProperty(Matter, name, { value: Matter[name] });
  for (const name of OF_CLUSTERS) remember(ClusterModel.prototype, name);
  for (const name of OF_VALUES) remember(ValueModel.prototype, name);
  remember(Model.prototype, 'propertyName');
  rememberAnswers('membersOf', membersKeyOf);
  rememberAnswers('persistentKeys', primaryKeyOf);
  // Of a frozen model matter.js itself remembers which parts stand for which.
  Object.freeze(Matter);
}
