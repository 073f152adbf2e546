// Whether anything in a value is worked out.

import { isTemplate } from './reading.ts';
import type { Source } from './source.ts';

export function isTemplated(source: Source): boolean {
  if (source.type === 'list') return source.items.some(isTemplated);
  if (source.type === 'map') return [...source.entries.values()].some(({ value }) => isTemplated(value));
  return isTemplate(source);
}
