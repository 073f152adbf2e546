// Which machine an appliance is. The home knows no kinds of them: its model, its part's name, its id or its own name says it.

import type { Source } from '../facet.ts';

export type Machine = 'dishwasher' | 'dryer' | 'washer' | 'refrigerator' | 'hood' | 'cooktop' | 'oven';

/** In the order in which they are tried: a dishwasher is no washer, and a washer that dries is a dryer. */
const WORDS: readonly (readonly [Machine, RegExp])[] = [
  ['dishwasher', /dish|geschirr|spül|vaisselle|lavavajillas/i],
  ['dryer', /dryer|trockner|sèche|secadora/i],
  ['washer', /wash|laundry|waschm|lave-linge|lavadora/i],
  ['refrigerator', /fridge|refrigerat|freezer|wine cooler|kühl|gefrier|réfrigér|congél|nevera|congelador/i],
  ['hood', /\bhood\b|dunstabzug|abzugshaube|hotte|campana/i],
  ['cooktop', /cooktop|\bhob\b|stove|kochfeld|plaque|placa de/i],
  ['oven', /oven|microwave|backofen|herd\b|mikrowelle|\bfour\b|micro-?ondes|horno|microondas/i],
];

/** Null where nothing says it. */
export function machineCalled({ device, endpoint }: Source): Machine | null {
  const said = [device.model, endpoint.name, device.id, device.name].filter((each) => each !== null);
  for (const text of said) {
    const found = WORDS.find(([, words]) => words.test(text));
    if (found !== undefined) return found[0];
  }
  return null;
}
