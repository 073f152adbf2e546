// The catalogue of a device's sheet; it is loaded with the first sheet.

import { sheet } from './en-sheet.ts';

export type SheetCatalogue = typeof sheet;

export const ts: SheetCatalogue = sheet;
