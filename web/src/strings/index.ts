// The catalogue in use. A further language is one more file of the same shape.

import { en } from './en.ts';

export type Catalogue = typeof en;

export const t: Catalogue = en;

const RIGHT_TO_LEFT = new Set(['ar', 'dv', 'fa', 'he', 'ps', 'ur', 'yi']);

/** Which way a language such as `"ar-EG"` is written. */
export function direction(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(language.split('-')[0]!.toLowerCase()) ? 'rtl' : 'ltr';
}
