// Which one is it? An ecosystem that asks gets the device to show itself, in the way it has.

import { numberOr, type Facet, type Source, type Twin } from '../facet.ts';

const WAYS = ['identify.identify', 'vacuum.locate', 'effect.flash'] as const;

function wayOf(source: Source): string | undefined {
  return WAYS.find((way) => {
    const [capability = '', command = ''] = way.split('.');
    return source.capability(capability)?.commands.includes(command) === true;
  });
}

const identifying = (way: string): Facet => ({
  behaviors: [],
  watched: ['identify.identifyTime'],
  toMatter: () => ({}),
  toHome: () => ({}),
  asks: ({ identify = {} }) => (numberOr(identify['identifyTime'], 0) > 0 ? way : null),
});

/** The first of an endpoint's twins stands for all of them. */
export function identified(source: Source, twins: readonly Twin[]): Twin[] {
  const way = wayOf(source);
  const [first, ...rest] = twins;
  if (way === undefined || first === undefined) return [...twins];
  return [{ ...first, facets: [...first.facets, identifying(way)] }, ...rest];
}
