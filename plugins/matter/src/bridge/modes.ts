// A property of the home's with a closed list of values, as modes to choose from.

import { cut } from './about.ts';
import { numberOr, type Facet, type Source } from './facet.ts';

const LABEL_BYTES_MAX = 64;
const MODES_MIN = 2;
const MODES_MAX = 255;

/** What a mode's name says of it, as tags common to all clusters of modes. */
const WORDS: readonly (readonly [RegExp, number])[] = [
  [/auto/i, 0],
  [/quick|fast|short|speed|rapid|express/i, 1],
  [/quiet|silent|sleep|gentle/i, 2],
  [/eco/i, 4],
  [/max|strong|turbo|power|boost/i, 7],
  [/night/i, 8],
];

const tagsOf = (label: string): number[] => WORDS.filter(([word]) => word.test(label)).map(([, tag]) => tag);

export interface Choosing {
  /** The behaviour of the cluster, and its name. */
  readonly behavior: unknown;
  readonly cluster: string;
  readonly capability: string;
  readonly property: string;
  /** The tags that a mode has beside what its name says: some clusters want one that is the normal one. */
  tagsAt(index: number, labels: readonly string[]): readonly number[];
}

/** Empty where the values are not a list that Matter can hold: 2 to 255 different labels. */
export function choosing(source: Source, how: Choosing): Facet[] {
  const { behavior, cluster, capability, property } = how;
  const values = source.property(capability, property)?.values ?? [];
  const labels = [...new Set(values.map((value) => cut(value, LABEL_BYTES_MAX)))];
  if (values.length < MODES_MIN || values.length > MODES_MAX || labels.length < values.length) return [];
  const supportedModes = labels.map((label, mode) => ({
    label,
    mode,
    modeTags: [...new Set([...how.tagsAt(mode, labels), ...tagsOf(label)])].map((value) => ({ value })),
  }));
  const key = `${capability}.${property}`;
  const facet: Facet = {
    behaviors: [behavior],
    watched: [`${cluster}.currentMode`],
    toMatter: (held) => ({
      [cluster]: { supportedModes, currentMode: Math.max(0, values.indexOf(String(held[key]))) },
    }),
    toHome: (state) => {
      const value = values[numberOr(state[cluster]?.['currentMode'], -1)];
      return value === undefined ? {} : { [key]: value };
    },
  };
  return [facet];
}
