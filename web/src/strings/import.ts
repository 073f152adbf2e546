// The catalogue of the import; it is loaded with its screen.

import { importing } from './en-import.ts';

export type ImportCatalogue = typeof importing;

export const ti: ImportCatalogue = importing;
