import type { KnownValue } from '@lintel/model';
import { number } from '../../readers/format.ts';
import { t } from '../../strings/index.ts';

/** A value of a schedule in words. */
export const shownValue = (value: KnownValue): string => {
  if (typeof value === 'boolean') return value ? t.on : t.off;
  return typeof value === 'number' ? number(value, 3) : value;
};
